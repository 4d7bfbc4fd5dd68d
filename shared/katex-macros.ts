/**
 * KaTeX macros for the few commands that KaTeX does not know: of the protocol, and of LaTeX where it is pasted from papers. Renderer, engine and evaluation all parse
 * with these, so that "it renders" means the same everywhere. KaTeX writes into the object it is given (`\gdef`, `\tag`):
 * hand over a copy, `{ ...katexMacros }`.
 */
export const katexMacros: Readonly<Record<string, string>> = {
  /** Mathpix's own: `8 \longdiv { 7200 }` is 7200 divided by 8, written under the division bracket. */
  '\\longdiv': '\\overline{\\smash{)}#1}',
  '\\Perp': '\\mathrel{\\bot\\mkern-11mu\\bot}',
  '\\Varangle': '\\sphericalangle',
  '\\mbox': '\\text{#1}',
  '\\ensuremath': '#1',
  '\\lefteqn': '#1',
  /** Names for cross-references print nothing. */
  '\\label': '\\@secondoftwo{#1}{}',
}
