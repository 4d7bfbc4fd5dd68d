import type { LinkedSign } from '../../engine/recognise/structure/sign-tree.ts'
import type { SignStyle } from '../generate/signs/math-alphabets.ts'

/**
 * The list that spotter and linker share: one entry for each visible symbol, as a person would count them.
 *
 * - `token`: of the vocabulary, for the *shape*: letters are plain letters whatever their alphabet, `\{` and not `{`, `|` for every single bar,
 *   `\rightarrow` also over a vector of several letters. A bar of a fraction is `\frac`, a rule of a table `\hline` or `|`, a frame `\boxed`, a stroke `\cancel`.
 * - `style`: the alphabet that the shape is of.
 * - `box`: ink in thousandths of an em, y downwards. One box for what is built of pieces: tall brackets, a root with its bar, braces, arrows.
 * - `spelling`, `parent`, `relation`: see `sign-tree.ts`. One sign of a list has no parent (-1).
 *
 * Signs are listed as they were drawn, children sometimes before their parents.
 */
export type StructuredSign = LinkedSign & { readonly style: SignStyle }
