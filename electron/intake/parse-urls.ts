import type { AppError } from '../../shared/errors.ts'
import { redactUrl } from '../../shared/redact.ts'
import { imageError } from './image-error.ts'

export type ParsedUrl = {
  /** What is shown: no user info, no query values. */
  readonly shown: string
  readonly name: string
  /** The whole address; absent when it must not be used. */
  readonly url?: string
  readonly error?: AppError
}

/**
 * Sorts pasted lines into addresses of images and text that is none. Lines starting with `#` are comments of
 * `text/uri-list`.
 */
export function parseUrls(lines: readonly string[]): { urls: ParsedUrl[]; rejected: string[] } {
  const urls: ParsedUrl[] = []
  const rejected: string[] = []
  for (const line of lines.flatMap((text) => text.split(/[\r\n]+/))) {
    const text = line.trim()
    if (text === '' || text.startsWith('#')) continue
    const parsed = URL.canParse(text) ? new URL(text) : undefined
    if (!parsed || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) rejected.push(text)
    else urls.push(describe(parsed))
  }
  return { urls, rejected }
}

function describe(url: URL): ParsedUrl {
  const shown = redactUrl(url.href)
  const name = nameOf(url)
  if (url.username === '' && url.password === '') return { shown, name, url: url.href }
  const message = 'The address contains a user name or password. Download the image and add the file instead.'
  return { shown, name, error: imageError('unsupported', message) }
}

function nameOf(url: URL): string {
  const last = url.pathname.split('/').findLast((part) => part !== '')
  if (last === undefined) return url.hostname
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}
