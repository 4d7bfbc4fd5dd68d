import { ImageOff, Image as ImageIcon } from 'lucide-react'
import { useState } from 'react'
import type { Item } from '../../../shared/batch.ts'
import { pictures } from '../../components/pictures.ts'
import { useBatches } from '../../stores/batches.ts'

/** The small picture of a row, on the mat; an icon while there is none. */
export function Thumbnail({ item }: { readonly item: Item }) {
  const batchId = useBatches(({ head }) => head?.id)
  const [brokenSource, setBrokenSource] = useState<string>()
  const source = batchId !== undefined && item.image ? pictures.thumbnail(batchId, item) : undefined
  const isShown = source !== undefined && source !== brokenSource
  return (
    <span className="thumbnail">
      {isShown ? (
        <img src={source} alt="" draggable={false} onError={() => setBrokenSource(source)} />
      ) : item.state === 'error' ? (
        <ImageOff className="icon" aria-hidden />
      ) : (
        <ImageIcon className="icon" aria-hidden />
      )}
    </span>
  )
}
