import type { Item } from '../../../shared/batch.ts'
import { LatexView } from '../../components/latex-view.tsx'
import { useShownLatex } from '../../stores/shown-latex.ts'
import { useLooking } from '../../stores/view.ts'
import type { Alignment } from './match-signs.ts'

type CompareLayerProps = {
  readonly item: Item
  /** From ems of the formula to pixels of the image. */
  readonly alignment: Alignment
  /** Pixels on the screen of one pixel of the image. */
  readonly scale: number
}

/** Pixels; what is drawn is stretched from there. */
const TYPE_SIZE = 64

/** The formula laid over the image, sign on sign. The formula beside it is the one that is read aloud. */
export function CompareLayer({ item, alignment: { x, y }, scale }: CompareLayerProps) {
  const comparison = useLooking(({ comparison }) => comparison)
  const { latex = '', delimiters } = useShownLatex(item)
  if (comparison === undefined || latex.trim() === '') return null
  const stretch = `scale(${(x.scale * scale) / TYPE_SIZE}, ${(y.scale * scale) / TYPE_SIZE})`
  return (
    <div className="compare-layer" data-comparison={comparison} aria-hidden inert>
      <div
        className="render-sheet compare-sheet"
        style={{
          fontSize: TYPE_SIZE,
          transform: `translate(${x.offset * scale}px, ${y.offset * scale}px) ${stretch}`,
        }}
      >
        <LatexView latex={latex} isDisplay delimiters={delimiters} />
      </div>
    </div>
  )
}
