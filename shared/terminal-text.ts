/** C0 and C1 controls (escape among them), line and paragraph separators, and marks that turn the direction of writing. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu

/**
 * Text for a terminal: what would move the cursor, colour, hide or rename anything becomes visible. Line breaks become ` ⏎ `, a tab
 * a blank, any other control its picture or its number.
 */
export function terminalText(text: string): string {
  return text
    .replace(/\r\n?|\n/g, ' ⏎ ')
    .replace(/\t/g, ' ')
    .replace(UNSAFE, picture)
}

function picture(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
}

/** Several lines for a terminal: the breaks between them stay. */
export function terminalLines(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map(terminalText)
    .join('\n')
}

/** JSON that a terminal may show: read back, it is the same value. */
export function terminalJson(value: unknown): string {
  return JSON.stringify(value).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
