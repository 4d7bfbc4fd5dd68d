import type { ReactNode, RefObject } from 'react'
import type { ShownToken } from '../../stores/tokens.ts'

type MarkedSourceProps = {
  readonly latex: string
  readonly tokens: readonly ShownToken[]
  readonly isMarking: boolean
  readonly held: ShownToken | undefined
  readonly ref: RefObject<HTMLDivElement | null>
}

/** The marks under the text of the editor: the same text, unseen, with a line under what is doubted. */
export function MarkedSource({ latex, tokens, isMarking, held, ref }: MarkedSourceProps) {
  const parts: ReactNode[] = []
  let end = 0
  for (const { at, range, isDoubted } of tokens) {
    const isHeld = at === held?.at
    const isMarked = isDoubted && isMarking
    if (!isHeld && !isMarked) continue
    parts.push(latex.slice(end, range.from))
    parts.push(
      <mark key={at} className="token-mark" data-doubted={isMarked} data-held={isHeld}>
        {latex.slice(range.from, range.to)}
      </mark>,
    )
    end = range.to
  }
  parts.push(latex.slice(end))
  return (
    <div ref={ref} className="field editor-field editor-marks" aria-hidden>
      {parts}
      {/* A line break at the end takes a line only when something follows it. */}
      {'\u200b'}
    </div>
  )
}
