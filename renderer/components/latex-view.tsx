import { useEffect, useMemo, useState } from 'react'
import { splitMath, type CustomDelimiters, type MathSegment } from '../../shared/split-math.ts'
import type { MathError } from './math-error.ts'
import { Formula } from './formula.tsx'

type LatexViewProps = {
  readonly latex: string
  readonly isDisplay?: boolean
  readonly delimiters?: CustomDelimiters
  /** Told the first mistake in the source, its position counted from the start of `latex`. Keep its identity stable. */
  readonly onRendered?: (error: MathError | undefined) => void
}

/** A result as a reader sees it: a formula, or prose with formulas in it (never parsed as HTML). */
export function LatexView({ latex, isDisplay = false, delimiters, onRendered }: LatexViewProps) {
  const segments = useMemo(() => splitMath(latex, delimiters), [latex, delimiters])
  if (segments.every(({ kind }) => kind === 'prose')) {
    return <Formula latex={latex} isDisplay={isDisplay} {...(onRendered ? { onRendered } : {})} />
  }
  return <Prose segments={segments} isDisplay={isDisplay} {...(onRendered ? { onRendered } : {})} />
}

type ProseProps = {
  readonly segments: readonly MathSegment[]
  /** False where there is one line only: display math is set inline then. */
  readonly isDisplay: boolean
  readonly onRendered?: (error: MathError | undefined) => void
}

function Prose({ segments, isDisplay, onRendered }: ProseProps) {
  const [errors, setErrors] = useState<ReadonlyMap<number, MathError>>(new Map())
  const first = [...errors.keys()].sort((a, b) => a - b)[0]
  const firstError = first === undefined ? undefined : errors.get(first)
  useEffect(() => onRendered?.(firstError), [firstError, onRendered])
  let offset = 0
  return (
    <div className="prose">
      {segments.map((segment) => {
        const start = offset
        offset += segment.source.length
        if (segment.kind === 'prose') return <span key={start}>{segment.value}</span>
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

type ProseMathProps = {
  readonly segment: MathSegment
  readonly start: number
  readonly isDisplay: boolean
  readonly onErrors: (
    update: (errors: ReadonlyMap<number, MathError>) => ReadonlyMap<number, MathError>,
  ) => void
}

function ProseMath({ segment, start, isDisplay, onErrors }: ProseMathProps) {
  const report = useMemo(() => {
    const inside = start + segment.source.indexOf(segment.value)
    return (error: MathError | undefined) =>
      onErrors((errors) => {
        if (!error && !errors.has(start)) return errors
        const next = new Map(errors)
        if (error) next.set(start, moveError(error, inside))
        else next.delete(start)
        return next
      })
  }, [segment, start, onErrors])
  return <Formula latex={segment.value} isDisplay={isDisplay} onRendered={report} />
}

function moveError(error: MathError, by: number): MathError {
  return error.position === undefined ? error : { ...error, position: error.position + by }
}
