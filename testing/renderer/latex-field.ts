import { EditorView } from '@codemirror/view'
import { act } from '@testing-library/react'

/** The field for LaTeX as a person has it before them; it stands in a shadow root, where the library's queries do not look. */
export type LatexField = {
  readonly host: Element
  readonly content: HTMLElement
  readonly text: () => string
  /** The selection as places in the text. */
  readonly selection: () => readonly [number, number]
  readonly selected: () => string
  /** Puts another text in place of all, as typing does. */
  readonly type: (text: string) => void
  readonly select: (from: number, to?: number) => void
  readonly view: EditorView
}

export function findLatexField(): LatexField | undefined {
  const host = document.querySelector('.editor-field')
  const content = host?.shadowRoot?.querySelector<HTMLElement>('[role="textbox"]')
  const view = content ? EditorView.findFromDOM(content) : null
  if (!host || !content || !view) return undefined
  const text = () => view.state.doc.toString()
  return {
    host,
    content,
    view,
    text,
    selection: () => [view.state.selection.main.from, view.state.selection.main.to],
    selected: () => view.state.sliceDoc(view.state.selection.main.from, view.state.selection.main.to),
    type: (insert) =>
      act(() => {
        view.dispatch({ changes: { from: 0, to: text().length, insert }, userEvent: 'input.type' })
      }),
    select: (anchor, head = anchor) =>
      act(() => {
        view.focus()
        view.dispatch({ selection: { anchor, head } })
      }),
  }
}

/** As `findLatexField`, where it has to be there. */
export function latexField(): LatexField {
  const field = findLatexField()
  if (!field) throw new Error('The field for LaTeX is not shown')
  return field
}
