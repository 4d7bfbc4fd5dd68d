import { useMemo } from 'react'
import type { Item } from '../../../shared/batch.ts'
import { compareLatex } from '../../../shared/latex/compare-latex.ts'
import { formatConfidence } from '../../../shared/result-flags.ts'
import { LatexView } from '../../components/latex-view.tsx'
import { useBatches } from '../../stores/batches.ts'
import { listReadings, takeReading, type ImageReading } from '../../stores/readings.ts'
import { ChangedLatex } from '../editor/comparison.tsx'
import { useShownLatex } from '../../stores/shown-latex.ts'

/** Other readings of the image, small, each to be taken by its number. */
export function ReadingList({ item }: { readonly item: Item }) {
  const { latex } = useShownLatex(item)
  const submissions = useBatches(({ head }) => head?.submissions)
  const readings = listReadings(item, submissions)
  const isByTwo = new Set(readings.map(({ reader }) => reader)).size > 1
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
            <span className="meta number">{describeOrigin(reading, isByTwo)}</span>
            {latex === undefined || reading.latex === latex ? null : (
              <Difference latex={latex} other={reading.latex} />
            )}
          </button>
        </li>
      ))}
    </ol>
  )
}

/** Longer ones are compared where they are typeset. */
const MOST_COMPARED = 600

/** What it has for other signs than the LaTeX in hand. */
function Difference({ latex, other }: { readonly latex: string; readonly other: string }) {
  const parts = useMemo(
    () => (Math.max(latex.length, other.length) > MOST_COMPARED ? [] : compareLatex(latex, other)),
    [latex, other],
  )
  const changed = parts.filter(({ kind }) => kind !== 'same')
  return changed.length === 0 ? null : (
    <span className="reading-difference">
      <ChangedLatex parts={changed} />
    </span>
  )
}

/** `isByTwo`: not all were read by the same. */
function describeOrigin({ from, confidence, reader }: ImageReading, isByTwo: boolean): string {
  const sure = confidence === undefined ? '' : formatConfidence(confidence)
  const origin = isByTwo && reader !== undefined ? reader : from === 'earlier' ? 'earlier' : ''
  return [origin, sure].filter(Boolean).join(' ')
}
