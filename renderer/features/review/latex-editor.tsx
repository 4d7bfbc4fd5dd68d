import { useEffect, useId, useRef, useState, type SyntheticEvent } from 'react'
import type { Item } from '../../../shared/batch.ts'
import { handleKey } from '../../commands/keys.ts'
import { Button } from '../../components/button.tsx'
import { LatexView } from '../../components/latex-view.tsx'
import { editLatex, revertLatex, saveDraft } from '../../stores/edit-latex.ts'
import { useReview } from '../../stores/review-actions.ts'
import { useShownLatex } from '../../stores/shown-latex.ts'
import { holdToken, useHeldToken, type ShownToken } from '../../stores/tokens.ts'
import { DoubtNote } from './doubt-note.tsx'
import { MarkedSource } from './marked-source.tsx'

const FEWEST_LINES = 3
const MOST_LINES = 12
const CHARACTERS_A_LINE = 80

type LatexEditorProps = {
  readonly item: Item
  /** True while there is no result: the field keeps its place, so that nothing moves when the result arrives. */
  readonly isDisabled: boolean
  readonly tokens: readonly ShownToken[]
  /** Whether doubted tokens are marked. */
  readonly isMarking: boolean
}

/** The LaTeX as text. What is typed shows at once and is kept beside the engine's result, which never changes. */
export function LatexEditor({ item, isDisabled, tokens, isMarking }: LatexEditorProps) {
  const { latex = '', original, isEdited } = useShownLatex(item)
  const [isComparing, setComparing] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const marks = useRef<HTMLDivElement>(null)
  const id = useId()
  const held = useHeldToken(item, tokens)
  useFocusOnRequest(field, held)
  useCaretOnRequest(field)
  const holdAtCaret = ({ currentTarget }: SyntheticEvent<HTMLTextAreaElement>) => {
    const { selectionStart: from, selectionEnd: to } = currentTarget
    if (document.activeElement === currentTarget) holdToken(item, findTokenAround(tokens, from, to))
  }
  const lines = latex
    .split('\n')
    .reduce((sum, line) => sum + 1 + Math.floor(line.length / CHARACTERS_A_LINE), 0)
  return (
    <div className="editor">
      <div className="editor-head">
        <label htmlFor={id}>LaTeX</label>
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
      </div>
      <div className="editor-sheet">
        <MarkedSource ref={marks} latex={latex} tokens={tokens} isMarking={isMarking} held={held} />
        <textarea
          ref={field}
          id={id}
          className="field editor-field"
          rows={Math.min(MOST_LINES, Math.max(FEWEST_LINES, lines))}
          disabled={isDisabled}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          value={latex}
          onChange={(event) => editLatex(item, event.target.value)}
          onSelect={holdAtCaret}
          onScroll={({ currentTarget }) => marks.current?.scrollTo(0, currentTarget.scrollTop)}
          onBlur={() => void saveDraft(item.id)}
          onKeyDown={(event) => handleKey(event, 'editor')}
        />
      </div>
      {isComparing && isEdited && original !== undefined ? <Original latex={original} /> : null}
    </div>
  )
}

function Original({ latex }: { readonly latex: string }) {
  return (
    <div className="original">
      <p className="meta">As the engine read it</p>
      <div className="original-math">
        <LatexView latex={latex} isDisplay />
      </div>
      <code className="original-source">{latex}</code>
    </div>
  )
}

/** The token that the caret stands in or behind, or that is selected; of two that meet there the one behind the caret. */
function findTokenAround(tokens: readonly ShownToken[], from: number, to: number): ShownToken | undefined {
  const touching = tokens.filter(({ range }) => range.from <= from && to <= range.to)
  return touching.find(({ range }) => range.from === from) ?? touching[0]
}

/** Takes the focus when E is pressed in the list, also when the editor appears only then; what is in hand is selected. */
function useFocusOnRequest(
  field: { readonly current: HTMLTextAreaElement | null },
  held: ShownToken | undefined,
): void {
  const request = useReview(({ editRequest }) => editRequest)
  const seen = useRef(request)
  useEffect(() => {
    if (seen.current === request) return
    seen.current = request
    field.current?.focus()
    if (held) field.current?.setSelectionRange(held.range.from, held.range.to)
  }, [request, field, held])
}

function useCaretOnRequest(field: { readonly current: HTMLTextAreaElement | null }): void {
  const request = useReview(({ caretRequest }) => caretRequest)
  const seen = useRef(request)
  useEffect(() => {
    if (seen.current === request || !request) return
    seen.current = request
    field.current?.focus()
    field.current?.setSelectionRange(request.from, request.to)
  }, [request, field])
}
