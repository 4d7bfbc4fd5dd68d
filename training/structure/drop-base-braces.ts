import type { LatexToken } from '../../shared/latex/tokens.ts'

/** A label without braces around what bears a script, as in `{ ( a + b ) } ^ { 2 }`: nobody sees them, and the script stands at the last sign either way. */
export function dropBaseBraces(label: readonly LatexToken[]): LatexToken[] {
  const output: LatexToken[] = []
  /** Places of open braces in the output; those of arguments are none. */
  const open: { readonly at: number; readonly isGroup: boolean }[] = []
  label.forEach((token, at) => {
    if (token === '{') {
      open.push({ at: output.length, isGroup: isGroupBrace(label, at) })
      output.push(token)
    } else if (token === '}') {
      const brace = open.pop()
      const bearsScript = label[at + 1] === '^' || label[at + 1] === '_'
      const isEmpty = brace?.at === output.length - 1
      if (brace?.isGroup && bearsScript && !isEmpty) output.splice(brace.at, 1)
      else output.push(token)
    } else output.push(token)
  })
  return output
}

/** Whether a brace opens a group and not the argument of a command or a script. */
function isGroupBrace(label: readonly LatexToken[], at: number): boolean {
  const before = label[at - 1]
  if (before === undefined || before === '{') return true
  if (before === '}') return !followsArgument(label, at - 1)
  return !/^\\[a-zA-Z]{2,}|^[\^_]$|^\]$/.test(before) || !takesArgument(before)
}

const commands = new Set(
  String.raw`\frac \binom \overset \underset \stackrel \sqrt \longdiv \overline \underline \bar \hat \widehat \tilde \widetilde \vec \overrightarrow \overleftarrow \overleftrightarrow \dot \ddot \dddot \breve \check \acute \grave \overbrace \underbrace \cancel \boxed \mathbf \mathbb \mathcal \mathfrak \mathrm \operatorname \text \tag \xrightarrow \xleftarrow \begin{array} ^ _ ]`.split(
    ' ',
  ),
)
const takesArgument = (token: string) => commands.has(token)
const takesTwo = new Set(['\\frac', '\\binom', '\\overset', '\\underset', '\\stackrel'])

/** Whether a closing brace ends the first of two arguments. */
function followsArgument(label: readonly LatexToken[], closing: number): boolean {
  let depth = 0
  for (let at = closing; at >= 0; at -= 1) {
    if (label[at] === '}') depth += 1
    if (label[at] === '{') depth -= 1
    if (depth === 0) return takesTwo.has(label[at - 1] ?? '')
  }
  return false
}
