import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** How the field looks, in the tokens of the page. */
const theme = EditorView.theme({
  '&': {
    minHeight: '60px',
    border: '1px solid var(--control-line)',
    borderRadius: 'var(--radius)',
    background: 'var(--surface)',
    color: 'var(--ink)',
    font: 'var(--text-code)',
  },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-1px' },
  '.cm-scroller': { maxHeight: '252px', overflow: 'auto', font: 'inherit', lineHeight: 'inherit' },
  '.cm-content': { minHeight: '58px', padding: '6px 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 var(--s2)' },
  '.cm-content[contenteditable=false]': { color: 'var(--ink-soft)' },
  '&.cm-focused .cm-matchingBracket': {
    background: 'var(--accent-soft)',
    outline: '1px solid var(--accent)',
  },
  '&.cm-focused .cm-nonmatchingBracket': { background: 'var(--failed-soft)' },
  '.cm-tooltip': {
    border: '1px solid var(--hairline)',
    borderRadius: 'var(--radius-large)',
    background: 'var(--surface)',
    color: 'var(--ink)',
    boxShadow: 'var(--float-shadow)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    maxHeight: '208px',
    padding: 'var(--s1)',
    font: 'var(--text-code)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    gap: 'var(--s4)',
    padding: '2px var(--s2)',
    borderRadius: 'var(--radius)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--accent-soft)', color: 'var(--ink)' },
  '.cm-completionLabel': { flex: '1' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: 'var(--emphasis)' },
  '.cm-completionDetail': { margin: '0', fontStyle: 'normal', color: 'var(--ink-soft)' },
  '.cm-completionInfo': { padding: 'var(--s2) var(--s3)' },
})

const highlight = HighlightStyle.define([
  { tag: tags.tagName, color: 'var(--code-command)' },
  { tag: tags.atom, color: 'var(--code-number)' },
  { tag: tags.number, color: 'var(--code-number)' },
  { tag: tags.keyword, color: 'var(--code-command)' },
  { tag: tags.bracket, color: 'var(--code-bracket)' },
  { tag: tags.comment, color: 'var(--ink-soft)' },
])

export const fieldTheme = [theme, syntaxHighlighting(highlight)]
