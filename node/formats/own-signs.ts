import { Configuration } from 'mathjax-full/js/input/tex/Configuration.js'
import { CharacterMap } from 'mathjax-full/js/input/tex/SymbolMap.js'
import ParseMethods from 'mathjax-full/js/input/tex/ParseMethods.js'
import { TEXCLASS } from 'mathjax-full/js/core/MmlTree/MmlNode.js'

/** MathJax keeps its commands for the whole process, and another library that uses it puts drawings of its own in the place of some. */
const operators = { oint: '\u222e', oiint: '\u222f', oiiint: '\u2230' } as const

const { mathchar0mo } = ParseMethods as unknown as {
  mathchar0mo: ConstructorParameters<typeof CharacterMap>[1]
}
new CharacterMap(
  'formulift-operators',
  mathchar0mo,
  Object.fromEntries(
    Object.entries(operators).map(([name, sign]) => [name, [sign, { texClass: TEXCLASS.OP }]]),
  ),
)

/** The package of those; it comes before MathJax's own. */
export const ownSigns = 'formulift-operators'
Configuration.create(ownSigns, { handler: { macro: ['formulift-operators'] }, priority: -20 })
