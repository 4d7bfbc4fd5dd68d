import { useMemo, useRef, type CSSProperties, type ReactNode } from 'react'
import type { Item } from '../../../shared/batch.ts'
import type { MathError } from '../../components/math-error.ts'
import { useElementSize } from '../../components/use-element-size.ts'
import type { ShownToken } from '../../stores/tokens.ts'
import { useLooking } from '../../stores/view.ts'
import { CompareLayer } from './compare-layer.tsx'
import type { Rect } from './fit-panes.ts'
import { findInk, fitAlone, layOut, pairSigns, shrinkToFit, type PaneLayout } from './lay-out.ts'
import { alignFormula } from './match-signs.ts'
import { RenderPane } from './render-pane.tsx'
import { SourcePane } from './source-pane.tsx'
import { placesInFormula, placesInImage, shareOf, sizeOfResult } from './token-places.ts'
import { useDrawnFormula } from './use-drawn-formula.ts'
import { useSharedView } from './use-shared-view.ts'
import { ZoomControls } from './zoom-controls.tsx'

type ReviewPanesProps = {
  readonly item: Item
  readonly tokens: readonly ShownToken[]
  /** Whether doubted tokens are marked. */
  readonly isMarking: boolean
  readonly hasResult: boolean
  /** What typesetting stumbled over, and who is told of it. */
  readonly error: MathError | undefined
  readonly onRendered: (error: MathError | undefined) => void
  /** What stands above the formula, or in its place. */
  readonly children: ReactNode
}

const WHOLE: Rect = { left: 0, top: 0, width: 1, height: 1 }
/** What is taken for the size of an image as long as it is not known. */
const NO_IMAGE = { width: 640, height: 240 }

/** Image and formula, as large as both can be at the same height of signs, and looked at as one. */
export function ReviewPanes({ item, tokens, isMarking, hasResult, children, ...told }: ReviewPanesProps) {
  const { image, result } = item
  const frame = useRef<HTMLDivElement>(null)
  const [source, sourceSheet] = [useRef<HTMLDivElement>(null), useRef<HTMLDivElement>(null)]
  const [render, renderSheet] = [useRef<HTMLDivElement>(null), useRef<HTMLDivElement>(null)]
  const room = useElementSize(frame)
  const zoom = useLooking(({ zoom }) => zoom)
  const { drawn, first, take } = useDrawnFormula(item, tokens)
  const { width, height } = image ? sizeOfResult(item, image) : NO_IMAGE
  const layout = useMemo(
    () => layOut({ room, image: { width, height }, result, ...first }),
    [room, width, height, result, first],
  )
  const isAlone = !hasResult && item.state === 'error'
  const pane = useElementSize(source)
  const { direction, share, em } = layout
  const scale = isAlone ? fitAlone({ width, height }, pane) : layout.scale
  const typeSize = scale * em * (drawn && drawn !== first?.formula ? shrinkToFit(drawn, layout, room) : 1)
  const ink = findInk(result) ?? layout.focus
  useSharedView(
    { pane: source, sheet: sourceSheet, formula: shareOf(ink, { width, height }) },
    { pane: render, sheet: renderSheet, formula: drawn?.ink ? shareOf(drawn.ink, drawn) : WHOLE },
    [zoom, scale, typeSize, room.width, room.height, direction, share].join(' '),
    hasResult,
  )
  return (
    <div
      ref={frame}
      className="review-panes"
      data-direction={isAlone ? 'alone' : direction}
      style={isAlone ? {} : tracksOf(direction, share)}
    >
      <div className="source-frame">
        <SourcePane
          item={item}
          pane={source}
          sheet={sourceSheet}
          scale={scale * zoom * (image ? width / image.width : 1)}
          tokens={tokens}
          placeOf={placesInImage({ width, height })}
          isMarking={isMarking}
        >
          {drawn ? (
            <CompareLayer
              item={item}
              alignment={alignFormula(pairSigns(tokens, drawn), em, findInk(result), drawn.ink)}
              scale={scale * zoom}
            />
          ) : null}
        </SourcePane>
        <ZoomControls
          areDoubtsShown={tokens.some(({ isDoubted }) => isDoubted) ? isMarking : undefined}
          hasFormula={drawn !== undefined}
        />
      </div>
      <div className="result-pane">
        {children}
        {hasResult ? (
          <RenderPane
            item={item}
            pane={render}
            sheet={renderSheet}
            typeSize={typeSize * zoom}
            tokens={tokens}
            placeOf={placesInFormula(drawn)}
            isMarking={isMarking}
            error={told.error}
            onRendered={told.onRendered}
            onDrawn={take}
          />
        ) : null}
      </div>
    </div>
  )
}

function tracksOf(direction: PaneLayout['direction'], share: number): CSSProperties {
  const tracks = `minmax(0, ${share}fr) minmax(0, ${1 - share}fr)`
  return direction === 'beside' ? { gridTemplateColumns: tracks } : { gridTemplateRows: tracks }
}
