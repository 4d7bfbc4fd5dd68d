import type { LatexToken, Tokens } from '../../shared/latex/tokens.ts'
import { addLeftRight, joinTokens } from '../../shared/latex/write.ts'
import { alignLines } from './align-lines.ts'
import { writeCompact } from './compact.ts'
import { spellBold } from './spell-bold.ts'
import {
  divideLong,
  joinColumn,
  removeFonts,
  removeOuterText,
  removeStyledSymbols,
  spellArrays,
  spellOperators,
  splitEquations,
} from './transforms.ts'

/** Names of `format_options.<format>.transforms`; unknown ones do nothing. */
export type Transforms = ReadonlySet<string>

/** Direct transcription: no `\left`, no fonts, operators spelled out. */
export function writeNormal(tokens: Tokens, transforms: Transforms): string {
  const plain = removeStyledSymbols(removeFonts(applyAsked(tokens, transforms)))
  return join(spellOperators(plain), transforms)
}

/** For the eye: `\left` and `\right` around what is tall, lines of a derivation under each other. */
export function writeStyled(tokens: Tokens, transforms: Transforms): string {
  return join(spellBold(alignLines(addLeftRight(applyAsked(tokens, transforms)))), transforms)
}

/** For symbolic work: short operator names, long division as a fraction, a column of operands as one formula. */
export function writeSimplified(tokens: Tokens, transforms: Transforms): string {
  return join(simplify(tokens, transforms), transforms)
}

/** The simplified form, one string for each equation of a system. */
export function writeList(tokens: Tokens, transforms: Transforms): string[] {
  return splitEquations(simplify(tokens, transforms)).map((equation) => join(equation, transforms))
}

/** The transforms that were asked for, in an order in which each still finds what it looks for. */
export function applyAsked(tokens: Tokens, transforms: Transforms): LatexToken[] {
  let output = [...tokens]
  if (transforms.has('rm_text')) output = removeOuterText(output)
  if (transforms.has('rm_fonts')) output = removeFonts(output)
  if (transforms.has('rm_style_syms')) output = removeStyledSymbols(output)
  if (transforms.has('long_frac')) output = divideLong(output)
  return output
}

function simplify(tokens: Tokens, transforms: Transforms): LatexToken[] {
  return joinColumn(divideLong(removeStyledSymbols(removeFonts(applyAsked(tokens, transforms)))))
}

function join(tokens: Tokens, transforms: Transforms): string {
  return transforms.has('rm_spaces') ? writeCompact(tokens) : joinTokens(spellArrays(tokens))
}
