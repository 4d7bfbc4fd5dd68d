import { CircleAlert } from 'lucide-react'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import type { Item } from '../../../shared/batch.ts'
import { CommandButton } from '../../commands/command-button.tsx'
import { Button } from '../../components/button.tsx'
import type { MathError } from '../../components/math-error.ts'
import { revertLatex } from '../../stores/edit-latex.ts'
import { requestCaret } from '../../stores/review-actions.ts'
import { useShownLatex } from '../../stores/shown-latex.ts'
import { useHeldToken, type ShownToken } from '../../stores/tokens.ts'
import { DoubtNote } from '../review/doubt-note.tsx'
import { Comparison } from './comparison.tsx'
import type { FieldMark } from './field-marks.ts'

const CodeField = lazy(() => import('./code-field.tsx').then(({ CodeField }) => ({ default: CodeField })))

type LatexEditorProps = {
  readonly item: Item
  /** True while there is no result: the field keeps its place, so that nothing moves when the result arrives. */
  readonly isDisabled: boolean
  readonly tokens: readonly ShownToken[]
  /** Whether doubted tokens are marked. */
  readonly isMarking: boolean
  /** What typesetting stumbled over. */
  readonly error: MathError | undefined
}

/** The LaTeX as text. What is typed shows at once and is kept beside the engine's result, which never changes. */
export function LatexEditor({ item, isDisabled, tokens, isMarking, error }: LatexEditorProps) {
  const { latex = '', original, isEdited } = useShownLatex(item)
  const [isComparing, setComparing] = useState(false)
  const held = useHeldToken(item, tokens)
  const mistake = useSettled(error)
  const marks = useMemo(
    () => [...listTokenMarks(tokens, isMarking, held), ...listMistakes(latex, mistake)],
    [tokens, isMarking, held, latex, mistake],
  )
  return (
    <div className="editor">
      <div className="editor-head">
        <span className="editor-name" onClick={() => requestCaret()}>
          LaTeX
        </span>
        <DoubtNote item={item} tokens={tokens} />
        {isEdited && original !== undefined ? (
          <span className="editor-edited meta">
            Edited ·{' '}
            <Button look="link" aria-pressed={isComparing} onClick={() => setComparing(!isComparing)}>
              {isComparing ? 'Hide original' : 'Compare with original'}
            </Button>{' '}
            ·{' '}
            <Button look="link" aria-label="Revert to original" onClick={() => revertLatex(item.id)}>
              Revert
            </Button>
          </span>
        ) : null}
        <CommandButton name="tidy" items={new Set([item.id])} disabled={isDisabled} />
      </div>
      <Suspense fallback={<pre className="editor-field editor-waiting">{latex}</pre>}>
        <CodeField itemId={item.id} latex={latex} isDisabled={isDisabled} marks={marks} />
      </Suspense>
      {mistake && latex.trim() !== '' ? <Mistake error={mistake} /> : null}
      {isComparing && isEdited && original !== undefined ? (
        <Comparison original={original} latex={latex} />
      ) : null}
    </div>
  )
}

/** Longer than the next sign takes to be typed. */
const SETTLED_MS = 500

/** A mistake that stays: a command that is half typed is none, and nothing moves while one types it. */
function useSettled(error: MathError | undefined): MathError | undefined {
  const [settled, setSettled] = useState<MathError>()
  useEffect(() => {
    const timer = setTimeout(() => setSettled(error), error === undefined ? 0 : SETTLED_MS)
    return () => clearTimeout(timer)
  }, [error])
  return error && settled
}

function listTokenMarks(
  tokens: readonly ShownToken[],
  isMarking: boolean,
  held: ShownToken | undefined,
): FieldMark[] {
  return tokens.flatMap(({ at, range, isDoubted }) => {
    const isHeld = at === held?.at
    const isMarked = isDoubted && isMarking
    return isHeld || isMarked ? [{ ...range, isDoubted: isMarked, isHeld }] : []
  })
}

/** At least one sign is underlined: at the end of the text its last one. */
function listMistakes(latex: string, error: MathError | undefined): FieldMark[] {
  if (error?.position === undefined) return []
  const from = Math.max(0, Math.min(error.position, latex.trimEnd().length - 1))
  const place = latex.slice(from, error.position + (error.length ?? 0)).trimEnd()
  return [{ from, to: from + Math.max(1, place.length), mistake: error.message }]
}

function Mistake({ error }: { readonly error: MathError }) {
  return (
    <p className="note note-failed" role="alert">
      <CircleAlert className="icon" aria-hidden />
      <span>{error.message}</span>
    </p>
  )
}
