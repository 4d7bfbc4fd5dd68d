/** How a letter or figure is written: the mathematical alphabets. The order is part of the spotter's weights: append only. */
export const signStyles = [
  'upright',
  'italic',
  'bold',
  'calligraphic',
  'blackboard',
  'fraktur',
  'sans',
  'typewriter',
] as const
export type SignStyle = (typeof signStyles)[number]

/** The plain letter or figure behind a code point, and the alphabet that it is of. */
export type AlphabetLetter = { readonly character: string; readonly style: SignStyle }

const latinBlocks: readonly SignStyle[] = [
  ...(['bold', 'italic', 'bold', 'calligraphic', 'calligraphic', 'fraktur', 'blackboard'] as const),
  ...(['fraktur', 'sans', 'bold', 'sans', 'bold', 'typewriter'] as const),
]
const greekBlocks: readonly SignStyle[] = ['bold', 'italic', 'bold', 'bold', 'bold']
const figureBlocks: readonly SignStyle[] = ['bold', 'blackboard', 'sans', 'bold', 'typewriter']
/** What a block of Greek letters ends with: nabla between capitals and small letters, then ∂ϵϑϰϕϱϖ. */
const greekLetters = [...'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ']

/** Letters that had their code points before the alphabets came. */
const earlier: ReadonlyMap<number, AlphabetLetter> = new Map(
  (
    [
      ['italic', 'ℎh'],
      ['calligraphic', 'ℬB ℰE ℱF ℋH ℐI ℒL ℳM ℛR ℯe ℊg ℴo'],
      ['blackboard', 'ℂC ℍH ℕN ℙP ℚQ ℝR ℤZ'],
      ['fraktur', 'ℭC ℌH ℨZ'],
    ] as const
  ).flatMap(([style, pairs]) =>
    pairs.split(' ').map((pair) => {
      const [code = '', character = ''] = [...pair]
      return [code.codePointAt(0) ?? 0, { character, style }] as const
    }),
  ),
)

/** Reads a code point of the mathematical alphabets; `undefined` for any other. */
export function readAlphabetLetter(code: number): AlphabetLetter | undefined {
  const known = earlier.get(code)
  if (known) return known
  if (code >= 0x1d400 && code < 0x1d6a4) {
    const place = (code - 0x1d400) % 52
    const style = latinBlocks[Math.floor((code - 0x1d400) / 52)] ?? 'upright'
    return { character: String.fromCodePoint(place < 26 ? 65 + place : 71 + place), style }
  }
  if (code === 0x1d6a4 || code === 0x1d6a5)
    return { character: code === 0x1d6a4 ? 'ı' : 'ȷ', style: 'italic' }
  if (code >= 0x1d6a8 && code < 0x1d7ca) {
    const style = greekBlocks[Math.floor((code - 0x1d6a8) / 58)] ?? 'upright'
    return { character: greekLetters[(code - 0x1d6a8) % 58] ?? '', style }
  }
  if (code >= 0x1d7ce && code < 0x1d800) {
    const style = figureBlocks[Math.floor((code - 0x1d7ce) / 10)] ?? 'upright'
    return { character: String((code - 0x1d7ce) % 10), style }
  }
  return undefined
}
