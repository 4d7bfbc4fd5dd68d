import { z } from 'zod'
import type { Item, Submission } from '../../shared/batch.ts'
import { bestLatex } from '../../shared/best-latex.ts'
import { nameEngine } from '../../shared/other-engine.ts'
import { confidenceOf } from '../../shared/result-flags.ts'
import { useBatches } from './batches.ts'
import { editLatex, revertLatex, saveDraft } from './edit-latex.ts'
import { useReview } from './review-actions.ts'
import { currentLatex } from './shown-latex.ts'
import { rememberChange } from './undo.ts'

/** One way to read an image, and where it comes from: the result, its other candidates, or an earlier run. */
export type ImageReading = {
  readonly latex: string
  readonly confidence: number | undefined
  readonly from: 'result' | 'candidate' | 'earlier'
  /** Who read it, where that is known. */
  readonly reader: string | undefined
}

/** As many as have a key. */
const MOST_READINGS = 9

const Candidates = z.array(
  z.looseObject({ latex_styled: z.string().optional(), latex_confidence: z.number().optional() }),
)

/** All different readings of an image, the engine's own first; one alone is no choice, and gives none. `submissions`: those of its batch. */
export function listReadings(
  { result, answeredBy, previousResults = [] }: Item,
  submissions: readonly Submission[] = [],
): readonly ImageReading[] {
  const nameReader = (submissionId: string | undefined) => {
    const engine = submissions.find(({ id }) => id === submissionId)?.engine
    return engine && nameEngine(engine)
  }
  const reader = nameReader(answeredBy)
  const { data = [] } = Candidates.safeParse(result?.['candidates'])
  const given = [
    { latex: result && bestLatex(result), confidence: confidenceOf(result), from: 'result' as const, reader },
    ...data.map((one) => ({
      latex: one.latex_styled,
      confidence: one.latex_confidence,
      from: 'candidate' as const,
      reader,
    })),
    ...previousResults.toReversed().map((previous) => ({
      latex: bestLatex(previous.result),
      confidence: confidenceOf(previous.result),
      from: 'earlier' as const,
      reader: nameReader(previous.submissionId),
    })),
  ]
  const byLatex = new Map<string, ImageReading>()
  for (const { latex, ...reading } of given)
    if (latex?.trim() && !byLatex.has(latex)) byLatex.set(latex, { latex, ...reading })
  return byLatex.size < 2 ? [] : [...byLatex.values()].slice(0, MOST_READINGS)
}

/** Takes a reading of the image under review as its LaTeX, counted from 1; what it had comes back by undo. */
export function takeReading(number: number): void {
  const { currentId } = useReview.getState()
  const item = currentId === undefined ? undefined : useBatches.getState().items.get(currentId)
  const reading = item && listReadings(item)[number - 1]
  if (!item || !reading) return
  const before = currentLatex(item)
  if (before === reading.latex) return
  const take = (latex: string | undefined) => {
    if (latex === undefined) revertLatex(item.id)
    else editLatex(item, latex)
    return saveDraft(item.id)
  }
  void take(reading.latex)
  rememberChange(
    { label: `Took reading ${number}`, undo: () => take(before), redo: () => take(reading.latex) },
    true,
  )
}
