import { completionStatus } from '@codemirror/autocomplete'
import { undoDepth } from '@codemirror/commands'
import { Prec, Transaction, type Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useLayoutEffect, useRef } from 'react'
import { handleKey } from '../../commands/keys.ts'
import { useBatches } from '../../stores/batches.ts'
import { editLatex, saveDraft } from '../../stores/edit-latex.ts'
import { takeCaretRequest, useReview } from '../../stores/review-actions.ts'
import { currentLatex } from '../../stores/shown-latex.ts'
import { holdTokenAt } from '../../stores/tokens.ts'
import { setMarks, type FieldMark } from './field-marks.ts'
import { createFieldState, fromOutside, setEditable } from './field-state.ts'
import { keepState, keptState, keyOfState } from './kept-states.ts'
import { adoptPageStyles } from './page-styles.ts'

export type CodeFieldProps = {
  readonly itemId: string
  readonly latex: string
  readonly isDisabled: boolean
  readonly marks: readonly FieldMark[]
}

/** The field for LaTeX. Its text is that of the stores; what is typed goes there at once. */
export function CodeField({ itemId, latex, isDisabled, marks }: CodeFieldProps) {
  const host = useRef<HTMLDivElement>(null)
  const field = useRef<EditorView>(undefined)
  const request = useReview(({ caretRequest }) => caretRequest)
  useLayoutEffect(() => {
    if (!host.current) return
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' })
    adoptPageStyles(root)
    const state = keptState(itemId) ?? createFieldState(shownText(itemId), listenFor(itemId))
    const view = new EditorView({ state, root, parent: root })
    const key = keyOfState(itemId)
    field.current = view
    return () => {
      keepState(key, view.state)
      view.destroy()
    }
  }, [itemId])
  useLayoutEffect(() => field.current?.dispatch({ effects: setEditable(!isDisabled) }), [itemId, isDisabled])
  useLayoutEffect(() => {
    if (field.current) takeOver(field.current, shownText(itemId))
    field.current?.dispatch({ effects: setMarks.of(marks) })
  }, [itemId, latex, marks])
  useLayoutEffect(() => {
    const view = field.current
    if (!request || !view || isDisabled) return
    takeCaretRequest()
    view.focus()
    const { length } = view.state.doc
    if (request.range) {
      const [anchor, head] = [Math.min(request.range.from, length), Math.min(request.range.to, length)]
      view.dispatch({ selection: { anchor, head }, scrollIntoView: true })
    }
  }, [request, isDisabled])
  return <div ref={host} className="editor-field" />
}

/** As the stores have it now, which may be newer than what was drawn last. */
function shownText(itemId: string): string {
  const item = useBatches.getState().items.get(itemId)
  return ((item && currentLatex(item)) ?? '').replace(/\r\n?/g, '\n')
}

/** Puts a text that was made elsewhere in place; it can be undone like what was typed, but for the result that a field waited for. */
function takeOver(view: EditorView, text: string): void {
  const old = view.state.doc.toString()
  if (old === text) return
  const isAwaited = old === '' && undoDepth(view.state) === 0
  let from = 0
  while (from < old.length && old[from] === text[from]) from += 1
  let [to, end] = [old.length, text.length]
  for (; to > from && end > from && old[to - 1] === text[end - 1]; to -= 1) end -= 1
  view.dispatch({
    changes: { from, to, insert: text.slice(from, end) },
    annotations: [fromOutside.of(true), Transaction.addToHistory.of(!isAwaited)],
    userEvent: 'input.replace',
  })
}

function listenFor(itemId: string): Extension {
  return [
    EditorView.updateListener.of(({ docChanged, selectionSet, state, transactions, view }) => {
      const item = useBatches.getState().items.get(itemId)
      const isOwn = !transactions.some((transaction) => transaction.annotation(fromOutside))
      if (docChanged && isOwn && item) editLatex(item, state.doc.toString())
      const { from, to } = state.selection.main
      if (selectionSet && view.hasFocus) holdTokenAt(itemId, from, to)
    }),
    Prec.high(
      EditorView.domEventHandlers({
        keydown: (event, view) => {
          if (completionStatus(view.state) === 'active') return false
          handleKey(event, 'editor')
          return event.defaultPrevented
        },
        // Files are images wherever they fall; the window takes them.
        drop: ({ dataTransfer }) => dataTransfer?.types.includes('Files') === true,
        blur: () => void saveDraft(itemId),
      }),
    ),
  ]
}
