/**
 * KaTeX macros for the few commands of the protocol that KaTeX does not know. Renderer, engine and evaluation all parse
 * with these, so that "it renders" means the same everywhere. KaTeX writes into the object it is given (`\gdef`, `\tag`):
 * hand over a copy, `{ ...katexMacros }`.
 */
export const katexMacros: Readonly<Record<string, string>> = {
  /** Mathpix's own: `8 \longdiv { 7200 }` is 7200 divided by 8, written under the division bracket. */
  '\\longdiv': '\\overline{\\smash{)}#1}',
  '\\Perp': '\\mathrel{\\bot\\mkern-11mu\\bot}',
  '\\Varangle': '\\sphericalangle',
}
