let copied: CSSStyleSheet | undefined

/**
 * Gives a shadow root the styles of the page. The editor's library makes its styles as it goes, which the page's policy (`style-src 'self'`) forbids in
 * the document; in a shadow root it adopts constructed sheets, which the policy does not concern.
 */
export function adoptPageStyles(root: ShadowRoot): void {
  if (!('adoptedStyleSheets' in root)) return
  copied ??= copyPageStyles()
  root.adoptedStyleSheets = [copied]
}

function copyPageStyles(): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  const rules = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules])
  // Fonts are known to the document already.
  const wanted = rules.filter((rule) => !(rule instanceof CSSFontFaceRule))
  sheet.replaceSync(wanted.map(({ cssText }) => cssText).join('\n'))
  return sheet
}
