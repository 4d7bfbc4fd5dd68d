import {
  snippet,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import type { EditorView } from '@codemirror/view'
import { argumentCounts, functionNames, largeOperators } from '../../../shared/latex/tables.ts'
import { ROW_BUDGET } from '../../../shared/latex/typesetting-budget.ts'
import { renderMath } from '../../components/math-error.ts'
import known from './katex-commands.json'

/** What stands for an argument in a preview and is filled in one after the other in the text. */
const letters = ['a', 'b', 'c']
const pairs: Readonly<Record<string, string>> = {
  '\\left( \\right)': '\\left(#{}\\right)',
  '\\left[ \\right]': '\\left[#{}\\right]',
  '\\left\\{ \\right\\}': '\\left\\\\{#{}\\right\\\\}',
  '\\left| \\right|': '\\left|#{}\\right|',
}

/** Commands and environments that KaTeX knows, each with its sign or a small picture of it. */
export function completeLatex(context: CompletionContext): CompletionResult | null {
  const environment = context.matchBefore(/\\begin\s*\{[A-Za-z]*\*?$/)
  if (environment) {
    const from = environment.from + environment.text.indexOf('{') + 1
    return {
      from,
      options: choose(listEnvironments(), context.state.sliceDoc(from, context.pos)),
      filter: false,
    }
  }
  const command = context.matchBefore(/\\[A-Za-z]*$/)
  if (!command || (command.text.length < 2 && !context.explicit)) return null
  // An even number of backslashes is line breaks: the word behind them is none.
  if (/\\$/.test(context.state.sliceDoc(Math.max(0, command.from - 1), command.from))) return null
  return { from: command.from, options: choose(listCommands(), command.text), filter: false }
}

/** What begins with what was typed, the usual ones first; then what holds it. */
function choose(all: readonly Completion[], typed: string): Completion[] {
  const name = typed.replace('\\', '').toLowerCase()
  const begun = all.filter(({ label }) => label.startsWith(typed))
  const others = all.filter(({ label }) => !label.startsWith(typed) && label.toLowerCase().includes(name))
  const isCommon = ({ label }: Completion) => commonNames.has(label)
  return [...begun.filter(isCommon), ...begun.filter((one) => !isCommon(one)), ...others]
}

const commonNames: ReadonlySet<string> = new Set([
  ...argumentCounts.keys(),
  ...functionNames,
  ...largeOperators,
])

let commands: readonly Completion[] | undefined

function listCommands(): readonly Completion[] {
  commands ??= [
    ...Object.entries(known.signs).map(([label, detail]): Completion => ({ label, detail })),
    ...Object.entries(known.commands).map(([label, count]) => completeCommand(label, count)),
    ...Object.entries(pairs).map(([label, template]): Completion => ({
      label,
      apply: snippet(template),
      boost: 1,
    })),
    { label: '\\begin', apply: snippet('\\begin{#{matrix}}#{}\\end{#{matrix}}') },
  ]
  return commands
}

function completeCommand(label: string, count: number): Completion {
  const given = letters.slice(0, count)
  const sample = label + given.map((letter) => `{${letter}}`).join('')
  if (count === 0) return { label, info: () => draw(sample) }
  return { label, apply: snippet(label + given.map(() => '{#{}}').join('')), info: () => draw(sample) }
}

let environments: readonly Completion[] | undefined

function listEnvironments(): readonly Completion[] {
  environments ??= known.environments.map((label): Completion => ({ label, apply: applyEnvironment }))
  return environments
}

/** Writes the end beside the beginning, unless it stands there already. */
const applyEnvironment = (view: EditorView, { label }: Completion, from: number, to: number): void => {
  const isClosed = view.state.sliceDoc(to, to + 1) === '}'
  const columns = /^(?:d?array|subarray)$/.test(label) ? '{#{c}}' : ''
  const template = snippet(`${label}}${columns} #{} \\end{${label}}`)
  template(view, null, from, isClosed ? to + 1 : to)
}

function draw(latex: string): HTMLElement | null {
  const picture = document.createElement('span')
  return renderMath(picture, latex, true, ROW_BUDGET) === undefined ? picture : null
}
