import { useEffect, useId, useRef, useState } from 'react'
import type { Item } from '../../../shared/batch.ts'
import { handleKey } from '../../commands/keys.ts'
import { Button } from '../../components/button.tsx'
import { LatexView } from '../../components/latex-view.tsx'
import { editLatex, revertLatex, saveDraft } from '../../stores/edit-latex.ts'
import { useReview } from '../../stores/review-actions.ts'
import { useShownLatex } from '../../stores/shown-latex.ts'

const FEWEST_LINES = 3
const MOST_LINES = 12
const CHARACTERS_A_LINE = 80

type LatexEditorProps = {
  readonly item: Item
  /** True while there is no result: the field keeps its place, so that nothing moves when the result arrives. */
  readonly isDisabled: boolean
}

/** The LaTeX as text. What is typed shows at once and is kept beside the engine's result, which never changes. */
export function LatexEditor({ item, isDisabled }: LatexEditorProps) {
  const { latex = '', original, isEdited } = useShownLatex(item)
  const [isComparing, setComparing] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  useFocusOnRequest(field)
  const lines = latex
    .split('\n')
    .reduce((sum, line) => sum + 1 + Math.floor(line.length / CHARACTERS_A_LINE), 0)
  return (
    <div className="editor">
      <div className="editor-head">
        <label htmlFor={id}>LaTeX</label>
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
        onBlur={() => void saveDraft(item.id)}
        onKeyDown={(event) => handleKey(event, 'editor')}
      />
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

/** Takes the focus when E is pressed in the list, also when the editor appears only then. */
function useFocusOnRequest(field: { readonly current: HTMLTextAreaElement | null }): void {
  const request = useReview(({ editRequest }) => editRequest)
  const seen = useRef(request)
  useEffect(() => {
    if (seen.current === request) return
    seen.current = request
    field.current?.focus()
  }, [request, field])
}
