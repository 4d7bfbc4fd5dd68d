/** What to do about a command or an environment that is not known. */
const remedies: Readonly<Record<string, string>> = {
  '\\ref': 'References are known only in a document: write the number.',
  '\\eqref': 'References are known only in a document: write the number in brackets.',
  '\\cite': 'Citations are known only in a document: remove it.',
  '\\intertext': 'Write \\text{…} in a line of its own.',
  '\\vspace': 'Write \\\\[1em] at the end of the line before.',
  '\\hfill': 'Write \\quad or \\qquad for a wide blank.',
  '\\cline': 'Write \\hline for a line below the whole row.',
  '\\multicolumn': 'Write the cells of a row one by one, with & between them.',
  '\\textsuperscript': 'Write ^{…}.',
  '\\textsubscript': 'Write _{…}.',
  '\\DeclareMathOperator': 'Write \\operatorname{…} where the operator stands.',
  '\\SI': 'Write the number, a blank \\, and the unit in \\mathrm{…}.',
  '\\unit': 'Write the unit in \\mathrm{…}.',
  '\\abs': 'Write \\left| … \\right|.',
  '\\norm': 'Write \\left\\| … \\right\\|.',
  '\\dv': 'Write \\frac{d …}{d x}.',
  '\\pdv': 'Write \\frac{\\partial …}{\\partial x}.',
  '\\eqalign': 'Write \\begin{aligned} … \\end{aligned}.',
  '\\displaylines': 'Write \\begin{gathered} … \\end{gathered}.',
  '\\[': 'The field holds the formula alone: remove it.',
  '\\]': 'The field holds the formula alone: remove it.',
  tabular: 'Use array.',
  tabularx: 'Use array.',
  itemize: 'Use gathered, with \\text{…} in each line.',
  enumerate: 'Use gathered, with \\text{…} in each line.',
  document: 'The field holds the formula alone: remove it.',
}
const onlyForPages = new Set(
  'par noindent centering medskip bigskip smallskip pagebreak newpage usepackage documentclass protect vfill newline footnote index'
    .split(' ')
    .map((name) => `\\${name}`),
)

const missing = (closing: string): string =>
  ({
    '\\right': 'A \\left has no \\right: write \\right. where nothing is to be drawn.',
    '\\end': 'A \\begin has no \\end.',
    ']': 'A closing ] is missing.',
  })[closing] ?? `A closing ${closing} is missing.`

const alone: Readonly<Record<string, string>> = {
  '}': 'This } closes nothing.',
  '&': 'An & stands only between columns: put \\begin{aligned} … \\end{aligned} around the lines.',
  '\\right': 'This \\right has no \\left.',
  '\\end': 'This \\end has no \\begin.',
  '#': 'A # has to be written as \\#.',
  '\\\\': 'A line ends here, but no lines were begun.',
}

type Rule = readonly [RegExp, (...parts: string[]) => string]

const rules: readonly Rule[] = [
  [/^Undefined control sequence: (\S+)/, (name = '') => explainUnknown(name)],
  [
    /^No such environment: (.*)$/,
    (name = '') =>
      `The environment ${name} is not known. ${remedies[name] ?? 'Use aligned, array or matrix.'}`,
  ],
  [/^Unexpected end of input in a macro argument, expected '(.*)'$/, (closing = '}') => missing(closing)],
  [/^Expected '(\\right|}|])', got/, (closing = '}') => missing(closing)],
  [/^Expected & or/, () => missing('\\end')],
  [/^Expected 'EOF', got '(.*)'$/, (found = '') => alone[found] ?? `${found} cannot stand here.`],
  [/^Double (super|sub)script$/, (kind = '') => explainDouble(kind)],
  [/^Can't use function '(.*)' in math mode/, (found = '') => explainNotInMath(found)],
  [
    /^Expected group (?:after|as argument to) '(.*)'/,
    (before = '') => `Something is missing behind ${before}.`,
  ],
  [/^Unknown column alignment: (.*)$/, (column = '') => `A column is l, c or r, not ${column}.`],
  [
    /^Invalid delimiter '(.*)' after '(.*)'$/,
    (found = '', after = '') => `Behind ${after} stands a bracket, a bar or a full stop, not ${found}.`,
  ],
  [
    /^Invalid unit: '(.*)'$/,
    (unit = '') => `${unit} is no unit of length: write em, ex, mu, pt, mm, cm or in.`,
  ],
  [/^\\middle without/, () => 'This \\middle stands between no \\left and \\right.'],
  [/^\\tag works only/, () => 'A \\tag is possible only in a formula on a line of its own.'],
  [/^Multiple \\tag/, () => 'A formula has one \\tag: remove the others.'],
  [/^Limit controls/, () => '\\limits stands only behind an operator such as \\sum.'],
  [/^Too many tab characters/, () => 'This line has more & than there are columns.'],
  [
    /^Invalid color: '(.*)'$/,
    (colour = '') => `${colour} is no colour: write a name such as red, or #rrggbb.`,
  ],
  [
    /^Mismatch: \\begin\{(.*)\} matched by \\end\{(.*)\}$/,
    (open = '', end = '') => explainMismatch(open, end),
  ],
]

/** What KaTeX says of a mistake, in words for who wrote the formula, with what to do about it. */
export function explainMistake(message: string): string {
  for (const [pattern, explain] of rules) {
    const [match, ...parts] = pattern.exec(message) ?? []
    if (match !== undefined) return explain(...parts)
  }
  return message
}

function explainUnknown(name: string): string {
  if (onlyForPages.has(name)) return `${name} is for pages and does nothing in a formula: remove it.`
  const remedy = remedies[name]
  return `${name} is not known.${remedy === undefined ? '' : ` ${remedy}`}`
}

const explainDouble = (kind: string): string =>
  kind === 'super'
    ? 'Two superscripts on one sign: put both in one pair of braces, or braces around the first with its sign.'
    : 'Two subscripts on one sign: put both in one pair of braces, or braces around the first with its sign.'

const explainNotInMath = (found: string): string =>
  found === '$' || found === '\\('
    ? 'The field holds the formula alone: remove the $ or \\( … \\).'
    : `${found} is for words: write it inside of \\text{…}.`

const explainMismatch = (open: string, end: string): string =>
  `\\begin{${open}} is closed by \\end{${end}}: write \\end{${open}}.`
