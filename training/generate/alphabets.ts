/** The mathematical alphabets of Unicode, as MathJax's glyphs are named. */

/** The character that a code point of the mathematical alphabets stands for, and whether it slants. */
export function plainCharacter(code: string): { character: string; isItalic: boolean } | undefined {
  const value = Number.parseInt(code, 16)
  if (value === 0x210e) return { character: 'h', isItalic: true }
  if (value >= 0x1d400 && value < 0x1d49c) {
    const place = (value - 0x1d400) % 52
    const style = Math.floor((value - 0x1d400) / 52)
    const character = String.fromCodePoint(place < 26 ? 65 + place : 97 + place - 26)
    return { character, isItalic: style !== 0 }
  }
  if (value >= 0x1d6e2 && value < 0x1d71c) {
    const place = value - 0x1d6e2
    const code2 = place < 25 ? 0x391 + place : place < 51 ? 0x3b1 + place - 26 : 0
    return code2 === 0 ? undefined : { character: String.fromCodePoint(code2), isItalic: true }
  }
  if (value === 0x2212) return { character: '−', isItalic: false }
  if (value === 0x22c5) return { character: '·', isItalic: false }
  if (value < 0x3d0 || [0x2264, 0x2265, 0x2260, 0x221e, 0x2248, 0x2026].includes(value)) {
    return { character: String.fromCodePoint(value), isItalic: false }
  }
  return undefined
}

/** Letters and figures of the upright and italic bold alphabets. */
export function isBold(code: string): boolean {
  const value = Number.parseInt(code, 16)
  return (value >= 0x1d400 && value < 0x1d434) || (value >= 0x1d468 && value < 0x1d49c)
}

export const capitals: readonly string[] = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const smallLetters = [...'abcdefghijklmnopqrstuvwxyz']

/** Code points of an alphabet by letter; some capitals had theirs before the alphabets came. */
function listCodes(
  first: number,
  letters: readonly string[],
  earlier: Readonly<Record<string, number>> = {},
) {
  return new Map(
    letters.map((letter, at) => [letter, (earlier[letter] ?? first + at).toString(16).toUpperCase()]),
  )
}

const script = listCodes(0x1d49c, capitals, {
  B: 0x212c,
  E: 0x2130,
  F: 0x2131,
  H: 0x210b,
  I: 0x2110,
  L: 0x2112,
  M: 0x2133,
  R: 0x211b,
})
const doubleStruck = listCodes(0x1d538, capitals, {
  C: 0x2102,
  H: 0x210d,
  N: 0x2115,
  P: 0x2119,
  Q: 0x211a,
  R: 0x211d,
  Z: 0x2124,
})
const blackletter = [
  // I and R are the signs for the parts of a complex number.
  listCodes(
    0x1d504,
    capitals.filter((letter) => letter < 'I'),
  ),
  listCodes(0x1d51e, smallLetters),
]

/** The code point of a script capital. */
export function scriptCode(capital: string): string | undefined {
  return script.get(capital)
}

const ornate = new Map(
  [script, doubleStruck, ...blackletter].flatMap((alphabet) =>
    [...alphabet].map(([letter, code]) => [code, letter] as const),
  ),
)

/** The letter that a script, double-struck or blackletter one is. */
export function ornateLetter(code: string): string | undefined {
  return ornate.get(code)
}
