import {
  useRef,
  useState,
  type MouseEvent,
  type PointerEvent as ReactPointerEvent,
  type WheelEvent,
} from 'react'
import type { Item } from '../../../shared/batch.ts'
import type { Region } from '../../../shared/option-values.ts'
import { effectiveOptions } from '../../../shared/merge-options.ts'
import { pictures } from '../../components/pictures.ts'
import { useElementSize } from '../../components/use-element-size.ts'
import { useBatches } from '../../stores/batches.ts'
import { holdToken, putCaretAt, type ShownToken } from '../../stores/tokens.ts'
import { findTokenAt, sizeOfResult } from './token-places.ts'
import { TokenBoxes } from './token-boxes.tsx'
import { useKeptCenter } from './use-kept-center.ts'
import { fitScale, stepZoom } from './zoom.ts'

type SourcePaneProps = {
  readonly item: Item
  readonly zoom: number
  readonly onZoom: (zoom: number) => void
  readonly tokens: readonly ShownToken[]
  /** Whether doubted tokens are marked. */
  readonly isMarking: boolean
}

/** A small picture is enlarged to be seen, but not until it is a blur. */
const MOST_ENLARGED = 3
const MARGIN = 16
/** Pixels that the pointer may move between press and release of a click. */
const LARGEST_CLICK = 4

/** The picture on a neutral mat: fits at first, zooms with the buttons or Ctrl+wheel, moves by dragging. */
export function SourcePane({ item, zoom, onZoom, tokens, isMarking }: SourcePaneProps) {
  const batchId = useBatches(({ head }) => head?.id)
  const batchOptions = useBatches(({ head }) => head?.options)
  const pane = useRef<HTMLDivElement>(null)
  const size = useElementSize(pane)
  useKeptCenter(pane, zoom)
  const [brokenSource, setBrokenSource] = useState<string>()
  const { image } = item
  const source = batchId !== undefined && image ? pictures.image(batchId, item) : undefined
  const region = effectiveOptions(batchOptions ?? {}, item.overrides).region

  const room = { width: size.width - 2 * MARGIN, height: size.height - 2 * MARGIN }
  const scale = image ? fitScale(image, room, MOST_ENLARGED) * zoom : zoom
  const wheel = (event: WheelEvent) => {
    if (event.ctrlKey || event.metaKey) onZoom(stepZoom(zoom, event.deltaY < 0 ? 1 : -1))
  }
  const sheet = useRef<HTMLDivElement>(null)
  const pressed = useRef({ x: 0, y: 0 })
  const press = (event: ReactPointerEvent<HTMLDivElement>) => {
    pressed.current = { x: event.clientX, y: event.clientY }
    startPan(event)
  }
  const click = ({ clientX, clientY }: MouseEvent<HTMLDivElement>) => {
    const isPan = Math.hypot(clientX - pressed.current.x, clientY - pressed.current.y) > LARGEST_CLICK
    const box = sheet.current?.getBoundingClientRect()
    if (isPan || !box || !image) return
    const place = { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height }
    const token = findTokenAt(tokens, sizeOfResult(item, image), place)
    if (!token) return
    holdToken(item, token)
    putCaretAt(token)
  }
  return (
    <div
      ref={pane}
      className="source-pane"
      onWheel={wheel}
      onPointerDown={press}
      onClick={click}
      data-zoomed={zoom > 1}
    >
      {source !== undefined && source !== brokenSource && image ? (
        <div
          ref={sheet}
          className="source-sheet"
          style={{ width: image.width * scale, height: image.height * scale }}
        >
          <img
            className="source-image"
            src={source}
            alt="Source image"
            draggable={false}
            onError={() => setBrokenSource(source)}
          />
          {region ? <RegionBox region={region} image={image} /> : null}
          <TokenBoxes item={item} image={image} tokens={tokens} isMarking={isMarking} />
        </div>
      ) : (
        <p className="placeholder meta">
          {item.source.kind === 'url' ? item.source.url : `No picture of ${item.source.name}`}
        </p>
      )}
    </div>
  )
}

/** Only this part of the picture is read. */
function RegionBox({
  region,
  image,
}: {
  readonly region: Region
  readonly image: NonNullable<Item['image']>
}) {
  const percent = (part: number, whole: number) => `${(100 * part) / whole}%`
  return (
    <div
      className="region-box"
      style={{
        left: percent(region.top_left_x, image.width),
        top: percent(region.top_left_y, image.height),
        width: percent(region.width, image.width),
        height: percent(region.height, image.height),
      }}
    />
  )
}

/** Moves what is scrolled inside the pane along with the pointer until it is let go. */
function startPan(event: ReactPointerEvent<HTMLDivElement>): void {
  if (event.button !== 0) return
  const pane = event.currentTarget
  const from = { x: event.clientX + pane.scrollLeft, y: event.clientY + pane.scrollTop }
  const controller = new AbortController()
  const { signal } = controller
  pane.setPointerCapture(event.pointerId)
  pane.addEventListener(
    'pointermove',
    (move: PointerEvent) => pane.scrollTo(from.x - move.clientX, from.y - move.clientY),
    { signal },
  )
  for (const end of ['pointerup', 'pointercancel'] as const) {
    pane.addEventListener(end, () => controller.abort(), { signal })
  }
}
