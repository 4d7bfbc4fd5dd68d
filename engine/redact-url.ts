/**
 * A URL as it may be shown or logged: without user info, without the values of its query, and of a data URI only the head.
 * Text that is no URL comes back shortened.
 */
export function redactUrl(text: string): string {
  if (/^data:/i.test(text)) return `${text.slice(0, Math.min(text.indexOf(',') + 1 || 5, 64))}…`
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url) return text.slice(0, 200).replace(/\?.*$/s, '?…')
  url.username = ''
  url.password = ''
  url.hash = ''
  for (const name of new Set(url.searchParams.keys())) url.searchParams.set(name, '')
  return url.href
}
