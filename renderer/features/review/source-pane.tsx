import {
  useRef,
  useState,
  type MouseEvent,
  type PointerEvent as ReactPointerEvent,
  type RefObject,
} from 'react'
import type { Item } from '../../../shared/batch.ts'
import type { Region } from '../../../shared/option-values.ts'
import { effectiveOptions } from '../../../shared/merge-options.ts'
import { pictures } from '../../components/pictures.ts'
import { useBatches } from '../../stores/batches.ts'
import { requestCaret } from '../../stores/review-actions.ts'
import { holdToken, type ShownToken } from '../../stores/tokens.ts'
import { handlePaneKey } from './pane-keys.ts'
import { startPan } from './start-pan.ts'
import { findTokenAt, sizeOfResult } from './token-places.ts'
import { TokenBoxes } from './token-boxes.tsx'

type SourcePaneProps = {
  readonly item: Item
  readonly pane: RefObject<HTMLDivElement | null>
  readonly sheet: RefObject<HTMLDivElement | null>
  /** Pixels on the screen of one pixel of the picture. */
  readonly scale: number
  readonly tokens: readonly ShownToken[]
  /** Whether doubted tokens are marked. */
  readonly isMarking: boolean
}

/** Pixels that the pointer may move between press and release of a click. */
const LARGEST_CLICK = 4

/** The picture on a neutral mat; what is larger than the pane is moved by dragging. */
export function SourcePane({ item, pane, sheet, scale, tokens, isMarking }: SourcePaneProps) {
  const batchId = useBatches(({ head }) => head?.id)
  const batchOptions = useBatches(({ head }) => head?.options)
  const [brokenSource, setBrokenSource] = useState<string>()
  const { image } = item
  const source = batchId !== undefined && image ? pictures.image(batchId, item) : undefined
  const region = effectiveOptions(batchOptions ?? {}, item.overrides).region
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
    requestCaret(token.range)
  }
  return (
    <div
      ref={pane}
      className="pane source-pane"
      role="group"
      aria-label="Image"
      tabIndex={0}
      onPointerDown={press}
      onClick={click}
      onKeyDown={handlePaneKey}
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
