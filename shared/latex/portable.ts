/** Commands of the protocol that only Mathpix's own renderer knows, in words of amsmath and amssymb. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/\\longdiv\s*\{/g, '\\overline{\\smash{)}'],
  [/\\longdiv(?![A-Za-z])\s*(\\[A-Za-z]+|[^\s{}])/g, '\\overline{\\smash{)}$1}'],
  [/\\Perp(?![A-Za-z])/g, '\\mathrel{\\bot\\mkern-11mu\\bot}'],
  [/\\Varangle(?![A-Za-z])/g, '\\sphericalangle'],
  [/\\llbracket(?![A-Za-z])/g, '[\\!['],
  [/\\rrbracket(?![A-Za-z])/g, ']\\!]'],
]
/** `\~` is an accent of words. */
const textOrTilde = /(\\text\s*\{[^{}]*\})|\\~/g
const tag = /\s*\\tag(\*?)\s*\{([^{}]*)\}/g

/** Environments that are displays themselves, by what takes their place inside of one; an equation's is nothing. */
const innerEnvironments: Readonly<Record<string, string>> = {
  align: 'aligned',
  flalign: 'aligned',
  split: 'aligned',
  alignat: 'alignedat',
  gather: 'gathered',
  multline: 'gathered',
  eqnarray: 'array',
  equation: '',
}
const displayEnvironment = new RegExp(
  String.raw`\\(begin|end)\s*\{\s*(${Object.keys(innerEnvironments).join('|')})\*?\s*\}`,
  'g',
)

/** Where a formula is pasted: numbers of equations are only possible in a display. */
export type Place = 'inline' | 'display'

/**
 * LaTeX that compiles outside of this app with amsmath and amssymb (and cancel, for struck out terms): own commands are spelled out, empty lines are closed, environments that
 * are displays become those that stand in one, and an equation's number becomes words where `\tag` is an error (inline, and inside of an environment).
 */
export function makePortable(latex: string, place: Place): string {
  const spelled = spellings
    .reduce((text, [own, common]) => text.replace(own, common), latex)
    .replace(/\n\s*\n/g, '\n')
    .replace(textOrTilde, (_, text?: string) => text ?? '\\sim ')
    .replace(displayEnvironment, (_, edge: string, name: string) => {
      const inner = innerEnvironments[name] ?? ''
      if (inner === '') return ''
      return `\\${edge}{${inner}}${inner === 'array' && edge === 'begin' ? '{rcl}' : ''}`
    })
    .trim()
  return spelled.replace(tag, (whole: string, star: string, number: string, at: number) => {
    if (place === 'display' && !isInside(spelled, at)) return whole
    return ` \\qquad \\text{${star === '*' ? number : `(${number})`}}`
  })
}

/** Whether more environments or groups are open at a place than closed. */
function isInside(latex: string, at: number): boolean {
  const before = latex.slice(0, at)
  const count = (pattern: RegExp) => before.match(pattern)?.length ?? 0
  return count(/\\begin\s*\{/g) > count(/\\end\s*\{/g) || count(/(?<!\\)\{/g) > count(/(?<!\\)\}/g)
}
