import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete'
import { history, historyKeymap, standardKeymap } from '@codemirror/commands'
import { bracketMatching, StreamLanguage } from '@codemirror/language'
import { stex, stexMath } from '@codemirror/legacy-modes/mode/stex'
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { hasDelimitedMath } from '../../../shared/split-math.ts'
import { unwrapMath } from '../../../shared/latex/unwrap-math.ts'
import { completeLatex } from './complete-latex.ts'
import { fieldMarks } from './field-marks.ts'
import { fieldTheme } from './field-theme.ts'

/** On a change that was made elsewhere: by a button, by the main process. */
export const fromOutside = Annotation.define<true>()

const editable = new Compartment()

export const setEditable = (isEditable: boolean) =>
  editable.reconfigure([EditorView.editable.of(isEditable), EditorState.readOnly.of(!isEditable)])

const languageData = { closeBrackets: { brackets: ['{'] } }
const math = StreamLanguage.define({ ...stexMath, languageData })
const prose = StreamLanguage.define({ ...stex, languageData })

const behaviour: Extension = [
  history(),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ 'aria-label': 'LaTeX', spellcheck: 'false', autocapitalize: 'off' }),
  bracketMatching({ brackets: '()[]{}' }),
  closeBrackets(),
  autocompletion({ override: [completeLatex], icons: false, maxRenderedOptions: 60, interactionDelay: 0 }),
  keymap.of([
    { key: 'Tab', run: acceptCompletion },
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...historyKeymap,
    ...standardKeymap,
  ]),
  EditorView.clipboardInputFilter.of((text, { doc }) =>
    hasDelimitedMath(doc.toString()) ? text : unwrapMath(text),
  ),
  fieldMarks,
  fieldTheme,
]

/** Longer texts stay in one colour: each sign that has one is an element of the page. */
const MOST_COLOURED = 8000

/** A text to edit, with a history of its own. `more`: what listens to it. */
export function createFieldState(latex: string, more: Extension): EditorState {
  const coloured = hasDelimitedMath(latex) ? prose : math
  const language = latex.length > MOST_COLOURED ? [] : coloured
  return EditorState.create({
    doc: latex,
    extensions: [more, behaviour, language, editable.of([])],
  })
}
