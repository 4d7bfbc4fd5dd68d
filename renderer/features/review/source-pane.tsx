import { useState, type ReactNode, type RefObject } from 'react'
import type { Item } from '../../../shared/batch.ts'
import type { Region } from '../../../shared/option-values.ts'
import { effectiveOptions } from '../../../shared/merge-options.ts'
import { pictures } from '../../components/pictures.ts'
import { useBatches } from '../../stores/batches.ts'
import type { ShownToken } from '../../stores/tokens.ts'
import { handlePaneKey } from './pane-keys.ts'
import { RegionDrawing } from './region-drawing.tsx'
import { TokenBoxes } from './token-boxes.tsx'
import type { PlaceOf } from './token-places.ts'
import { useSignPointer } from './use-sign-pointer.ts'

type SourcePaneProps = {
  readonly item: Item
  readonly pane: RefObject<HTMLDivElement | null>
  readonly sheet: RefObject<HTMLDivElement | null>
  /** Pixels on the screen of one pixel of the picture. */
  readonly scale: number
  readonly tokens: readonly ShownToken[]
  readonly placeOf: PlaceOf
  /** Whether doubted tokens are marked. */
  readonly isMarking: boolean
  /** What is laid over the picture. */
  readonly children: ReactNode
}

/** The picture on a neutral mat; what is larger than the pane is moved by dragging. */
export function SourcePane(props: SourcePaneProps) {
  const { item, pane, sheet, scale, tokens, placeOf, isMarking, children } = props
  const batchId = useBatches(({ head }) => head?.id)
  const batchOptions = useBatches(({ head }) => head?.options)
  const [brokenSource, setBrokenSource] = useState<string>()
  const { image } = item
  const source = batchId !== undefined && image ? pictures.image(batchId, item) : undefined
  const region = effectiveOptions(batchOptions ?? {}, item.overrides).region
  const pointer = useSignPointer({ item, tokens, sheet, placeOf })
  return (
    <div
      ref={pane}
      className="pane source-pane"
      role="group"
      aria-label="Image"
      tabIndex={0}
      onKeyDown={handlePaneKey}
      {...pointer}
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
          {children}
          <TokenBoxes item={item} tokens={tokens} placeOf={placeOf} isMarking={isMarking} isNamed />
          <RegionDrawing item={item} image={image} />
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
