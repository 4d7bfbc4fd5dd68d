import type { Item } from '../../../shared/batch.ts'
import { formatConfidence } from '../../../shared/result-flags.ts'
import { LatexView } from '../../components/latex-view.tsx'
import { listReadings, takeReading, type ImageReading } from '../../stores/readings.ts'
import { useShownLatex } from '../../stores/shown-latex.ts'

/** Other readings of the image, small, each to be taken by its number. */
export function ReadingList({ item }: { readonly item: Item }) {
  const { latex } = useShownLatex(item)
  const readings = listReadings(item)
  if (readings.length === 0) return null
  return (
    <ol className="readings" aria-label="Readings">
      {readings.map((reading, at) => (
        <li key={reading.latex}>
          <button
            type="button"
            className="button reading"
            aria-pressed={reading.latex === latex}
            aria-label={`Reading ${at + 1}: ${reading.latex}`}
            title={`Take this reading (${at + 1})`}
            onClick={() => takeReading(at + 1)}
          >
            <kbd className="meta number">{at + 1}</kbd>
            <span className="reading-math">
              <LatexView latex={reading.latex} />
            </span>
            <span className="meta number">{describeOrigin(reading)}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}

function describeOrigin({ from, confidence }: ImageReading): string {
  const sure = confidence === undefined ? '' : formatConfidence(confidence)
  return [from === 'earlier' ? 'earlier' : '', sure].filter(Boolean).join(' ')
}
