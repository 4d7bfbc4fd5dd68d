import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowRight } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { compareLatex } from '../../../shared/latex/compare-latex.ts'
import { LatexView } from '../../components/latex-view.tsx'
import { canRenderLatex } from '../../stores/renderability.ts'
import { ChangedLatex } from '../editor/comparison.tsx'
import type { Hit } from './use-hits.ts'

/** Pixels; the same as in find.css. */
const ROW_HEIGHT = 88

type HitListProps = {
  readonly hits: readonly Hit[]
  /** The images that are left as they are. */
  readonly left: ReadonlySet<string>
  readonly onChoose: (itemId: string, isChosen: boolean) => void
}

/** The hits, typeset before and after, of which only those in sight exist. */
export function HitList({ hits, left, onChoose }: HitListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- speaks for a compiler that is not used; the functions stay in here
  const virtualizer = useVirtualizer({
    count: hits.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => hits[index]?.item.id ?? index,
    overscan: 4,
  })
  if (hits.length === 0) return null
  return (
    <div ref={scroller} className="hits" role="list" aria-label="Found" tabIndex={0}>
      <div role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const hit = hits[index]
          return hit ? (
            <HitRow
              key={hit.item.id}
              hit={hit}
              start={start}
              isChosen={!left.has(hit.item.id)}
              onChoose={onChoose}
            />
          ) : null
        })}
      </div>
    </div>
  )
}

type HitRowProps = {
  readonly hit: Hit
  readonly start: number
  readonly isChosen: boolean
  readonly onChoose: HitListProps['onChoose']
}

function HitRow({ hit, start, isChosen, onChoose }: HitRowProps) {
  const { item, before, after } = hit
  const parts = useMemo(() => compareLatex(before, after), [before, after])
  return (
    <div className="hit" role="listitem" style={{ transform: `translateY(${start}px)` }}>
      <label className="check hit-name">
        <input
          type="checkbox"
          checked={isChosen}
          onChange={(event) => onChoose(item.id, event.target.checked)}
        />
        <span>{item.key}</span>
      </label>
      <div className="hit-math">
        <Typeset latex={before} />
        <ArrowRight className="icon" aria-label="becomes" />
        <Typeset latex={after} />
      </div>
      <ChangedLatex parts={parts} />
    </div>
  )
}

function Typeset({ latex }: { readonly latex: string }) {
  const canRender = useMemo(() => canRenderLatex(latex), [latex])
  return canRender ? <LatexView latex={latex} /> : <span className="note-look">cannot be typeset</span>
}
