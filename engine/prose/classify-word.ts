/**
 * What a word on a line may be. `prose` is certain enough to separate formulas, `weak` looks like a word but might be letters that
 * stand beside each other; `number`, `article` (a, A, I), `function` (sin) and `dots` go with what is beside them.
 */
export type WordKind =
  'prose' | 'weak' | 'number' | 'article' | 'function' | 'dots' | 'mark' | 'operator' | 'math'

const shortWords = new Set(
  `am an as at be by do go he if in is it me my no of on or so to up us we ad ex vs al
   add age ago all and any are ask bad bag bar bed big bit box boy bus but buy can car cat cut day did dog due end err ever far few fit
   fly for fun gas get got had has her him his hit hot how its jar job key lay led let lie lot low man map may men met mix net new nor
   not now odd off oil old one our out own pay pen per put ran raw red row run sat saw say sea see set she sit six sky sub sum sun ten
   the tie too top try two use via was way wet who why win yes yet you`
    .split(/\s+/)
    .filter(Boolean),
)
const functionWords = new Set(
  'sin cos tan cot sec csc log ln lg exp lim max min sup inf det dim ker gcd lcm mod arg deg arcsin arccos arctan sinh cosh tanh coth'.split(
    ' ',
  ),
)
const romanNumerals = /^[ivx]+$/

/** Judges one word by its letters and by how sure the reader was (0…1). `hasScript`: something in it stands above or below the line. */
export function classifyWord(text: string, confidence: number, hasScript: boolean): WordKind {
  const core = text.replace(/^["'“”‘’([{]+/, '').replace(/["'“”‘’)\]}.,;:!?]+$/, '')
  if (/^(?:\.{2,}|…)[.,]?$/.test(text)) return 'dots'
  if (core === '') return /^[.,;:!?"'“”‘’…]+$/.test(text) ? 'mark' : 'math'
  if (/^[-–—]+$/.test(core)) return 'operator'
  if (hasScript) return 'math'
  if (isPair(text)) return 'math'
  if (/^\d+(?:[.,]\d+)*%?$/.test(core)) return 'number'
  if (/^[aAI]$/.test(core)) return 'article'
  if (isFunction(core)) return 'function'
  const parts = core.split(/[-–—'’/]/)
  if (!parts.every((part) => /^[A-Za-z]*$/.test(part))) {
    // One wrong letter in a long word (`funct1on`) does not make a formula of it.
    const letters = core.replace(/[^A-Za-z]/g, '').length
    return letters >= 5 && letters / core.length > 0.75 && confidence > 0.4 && !/[=+<>^_|\\]/.test(core)
      ? 'weak'
      : 'math'
  }
  if (parts.every((part) => part.length <= 1)) return 'math'
  return classifyLetters(core, parts, confidence)
}

/** `(44,9)`, but not `(1,234)`. */
function isPair(text: string): boolean {
  return /^[([][\d.]+(?:,[\d.]+)+[)\]][.,;:]?$/.test(text) && !/\d,\d{3}(?!\d)/.test(text)
}

/** `sin`, and `coshy`, `isin` or `dimker` where the reader saw no blank. */
function isFunction(core: string): boolean {
  if (/^[ixt](?:sin|cos|tan|log|ln)$/.test(core)) return true
  const isRest = (rest: string) => /^(?:[xyztn](?:d[xyzt])?)?$/.test(rest) || functionWords.has(rest)
  return [...functionWords].some((name) => core.startsWith(name) && isRest(core.slice(name.length)))
}

function classifyLetters(core: string, parts: readonly string[], confidence: number): WordKind {
  const word = core.toLowerCase()
  // Products, triangles and differentials are written like this.
  if (/^[A-Z]{2,4}$|^[a-z]?(?:d[a-z])+$/.test(core)) return 'weak'
  const isCased = parts.every((part) => /^[A-Z]?[a-z]*$|^[A-Z]+s?$/.test(part))
  if (shortWords.has(word) && isCased) return confidence > 0.55 ? 'prose' : 'weak'
  const longest = Math.max(...parts.map((part) => part.length))
  if (longest <= 2) return romanNumerals.test(word) ? 'weak' : 'math'
  const hasVowel = /[aeiouy]/.test(word)
  if (longest === 3) return isCased && hasVowel && confidence > 0.85 ? 'prose' : 'weak'
  return isCased && hasVowel && confidence > 0.5 ? 'prose' : 'weak'
}
