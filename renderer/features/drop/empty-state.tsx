import { ImagePlus } from 'lucide-react'
import { Button } from '../../components/button.tsx'
import { addPicked, addSamples } from './add-images.ts'

/** The first three sample images, bundled with the page. */
const SAMPLE_PICTURES = Object.values(
  import.meta.glob<string>('../../../samples/0[1-3]-*.{png,jpg}', {
    eager: true,
    query: '?url',
    import: 'default',
  }),
)

/** A window without images: all of it takes drops; two ways to begin for those who do not drag. */
export function EmptyState() {
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
          {SAMPLE_PICTURES.map((source) => (
            <img key={source} className="empty-sample" src={source} alt="" draggable={false} />
          ))}
        </div>
      </div>
    </main>
  )
}
