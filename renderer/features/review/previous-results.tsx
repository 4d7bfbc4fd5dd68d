import type { Item, PreviousResult, Submission } from '../../../shared/batch.ts'
import { bestLatex } from '../../../shared/best-latex.ts'
import { dropSecrets } from '../../../shared/redact.ts'
import { confidenceOf, formatConfidence } from '../../../shared/result-flags.ts'
import { writeJson } from '../../../shared/write-json.ts'
import { useBatches } from '../../stores/batches.ts'

/** What earlier runs brought for the image, the latest first: a run with other options takes nothing away. */
export function PreviousResults({ item }: { readonly item: Item }) {
  const submissions = useBatches(({ head }) => head?.submissions)
  const { previousResults = [] } = item
  if (previousResults.length === 0) return null
  return (
    <section className="earlier-results" aria-label="Earlier results">
      <h3 className="meta">Earlier results</h3>
      <ol className="earlier">
        {previousResults.toReversed().map((previous, index) => (
          <li key={previous.submissionId ?? index}>
            <p className="meta">{describeRun(previous, submissions)}</p>
            <pre className="raw" tabIndex={0} aria-label={`Earlier result ${index + 1}`}>
              {bestLatex(previous.result) ?? writeJson(dropSecrets(previous.result))}
            </pre>
          </li>
        ))}
      </ol>
    </section>
  )
}

function describeRun(
  { result, submissionId }: PreviousResult,
  submissions: readonly Submission[] | undefined,
): string {
  const run = submissions?.find(({ id }) => id === submissionId)
  const confidence = confidenceOf(result)
  return [
    run
      ? `${run.engine.kind === 'local' ? 'This computer' : 'Mathpix'}, ${formatDate(run.submittedAt)}`
      : 'An earlier run',
    confidence === undefined ? '' : `confidence ${formatConfidence(confidence)}`,
  ]
    .filter(Boolean)
    .join(' · ')
}

function formatDate(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}
