import { useEffect, useMemo, useState } from 'react'
import { limitMath } from '../../shared/latex/limit-math.ts'
import {
  explainOverBudget,
  REVIEW_BUDGET,
  ROW_BUDGET,
  type OverBudget,
} from '../../shared/latex/typesetting-budget.ts'
import { splitMath, type CustomDelimiters, type MathSegment } from '../../shared/split-math.ts'
import { cutText, type MathError } from './math-error.ts'
import { Formula } from './formula.tsx'

type LatexViewProps = {
  readonly latex: string
  readonly isDisplay?: boolean
  readonly delimiters?: CustomDelimiters
  /** Told the first mistake in the source, its position counted from the start of `latex`. Keep its identity stable. */
  readonly onRendered?: (error: MathError | undefined) => void
}

/**
 * A result as a reader sees it: a formula, or prose with formulas in it (never parsed as HTML). Where one line is all there is, less of it is
 * typeset and shown than where it is looked at alone.
 */
export function LatexView({ latex, isDisplay = false, delimiters, onRendered }: LatexViewProps) {
  const budget = isDisplay ? REVIEW_BUDGET : ROW_BUDGET
  const told = onRendered ? { onRendered } : {}
  const { segments, over, hasMath } = useMemo(() => {
    const all = splitMath(cutText(latex, budget), delimiters)
    const limited = limitMath(all, budget)
    const isCut = latex.length > budget.characters
    const over = limited.over ?? (isCut ? 'length' : undefined)
    return { ...limited, over, hasMath: all.some(({ kind }) => kind !== 'prose') }
  }, [latex, delimiters, budget])
  if (!hasMath) {
    const place = { from: 0, to: latex.length }
    return <Formula latex={latex} isDisplay={isDisplay} budget={budget} place={place} {...told} />
  }
  return <Prose segments={segments} over={over} isDisplay={isDisplay} {...told} />
}

type ProseProps = {
  readonly segments: readonly MathSegment[]
  /** Why some formulas stand there as their source. */
  readonly over: OverBudget | undefined
  /** False where there is one line only: display math is set inline then. */
  readonly isDisplay: boolean
  readonly onRendered?: (error: MathError | undefined) => void
}

function Prose({ segments, over, isDisplay, onRendered }: ProseProps) {
  const [errors, setErrors] = useState<ReadonlyMap<number, MathError>>(new Map())
  const first = [...errors.keys()].sort((a, b) => a - b)[0]
  const mistake = first === undefined ? undefined : errors.get(first)
  const firstError = useMemo(
    () => mistake ?? (over && { message: explainOverBudget(over), isOverBudget: true as const }),
    [mistake, over],
  )
  useEffect(() => onRendered?.(firstError), [firstError, onRendered])
  const starts = useMemo(() => findStarts(segments), [segments])
  return (
    <div className="prose">
      {segments.map((segment, index) => {
        const start = starts[index] ?? 0
        if (segment.kind === 'prose') {
          const words = isDisplay ? trimBesideDisplay(segments, index) : segment.value
          const from = start + segment.value.indexOf(words)
          return (
            <span key={start} data-from={from} data-to={from + words.length}>
              {words}
            </span>
          )
        }
        return (
          <ProseMath
            key={start}
            segment={segment}
            start={start}
            isDisplay={isDisplay && segment.kind === 'display'}
            onErrors={setErrors}
          />
        )
      })}
    </div>
  )
}

/** Prose without the line breaks beside a display formula, which stands on a line of its own anyway. */
function trimBesideDisplay(segments: readonly MathSegment[], index: number): string {
  let value = segments[index]?.value ?? ''
  if (segments[index - 1]?.kind === 'display') value = value.replace(/^[ \t]*\n/, '')
  if (segments[index + 1]?.kind === 'display') value = value.replace(/\n[ \t]*$/, '')
  return value
}

/** Where each segment begins in the whole source. */
function findStarts(segments: readonly MathSegment[]): number[] {
  const starts = [0]
  for (const { source } of segments) starts.push((starts.at(-1) ?? 0) + source.length)
  return starts
}

type ProseMathProps = {
  readonly segment: MathSegment
  readonly start: number
  readonly isDisplay: boolean
  readonly onErrors: (
    update: (errors: ReadonlyMap<number, MathError>) => ReadonlyMap<number, MathError>,
  ) => void
}

function ProseMath({ segment, start, isDisplay, onErrors }: ProseMathProps) {
  const from = start + segment.source.indexOf(segment.value)
  const report = useMemo(() => {
    return (error: MathError | undefined) =>
      onErrors((errors) => {
        if (!error && !errors.has(start)) return errors
        const next = new Map(errors)
        if (error) next.set(start, moveError(error, from))
        else next.delete(start)
        return next
      })
  }, [from, start, onErrors])
  const place = { from, to: from + segment.value.length }
  return <Formula latex={segment.value} isDisplay={isDisplay} place={place} onRendered={report} />
}

function moveError(error: MathError, by: number): MathError {
  return error.position === undefined ? error : { ...error, position: error.position + by }
}
