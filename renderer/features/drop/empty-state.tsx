import { ImagePlus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { pictures } from '../../components/pictures.ts'
import { useSettings } from '../../stores/settings.ts'
import { addPicked, addSamples } from './add-images.ts'

const SHOWN_SAMPLES = 3

/** A window without images: all of it takes drops; two ways to begin for those who do not drag. */
export function EmptyState() {
  const names = useSettings(({ appInfo }) => appInfo.sampleNames)
  return (
    <main className="empty" aria-label="Start">
      <div className="empty-inner">
        <ImagePlus className="empty-icon" aria-hidden />
        <h1 className="empty-title">Drop images of formulas here, or paste them</h1>
        <div className="empty-actions">
          <Button onClick={() => void addPicked('files')}>Add…</Button>
          <Button look="primary" onClick={() => void addSamples()}>
            Try the samples
          </Button>
        </div>
        <div className="empty-samples" aria-hidden>
          {names.slice(0, SHOWN_SAMPLES).map((name) => (
            <SamplePicture key={name} name={name} />
          ))}
        </div>
      </div>
    </main>
  )
}

/** A sample's thumbnail; nothing at all where the main process has no picture of it. */
function SamplePicture({ name }: { readonly name: string }) {
  const [isMissing, setMissing] = useState(false)
  if (isMissing) return null
  return (
    <img
      className="empty-sample"
      src={pictures.sample(name)}
      alt=""
      draggable={false}
      onError={() => setMissing(true)}
    />
  )
}
