import path from 'node:path'

export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob:; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const MIME: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.map': 'application/json',
}

export type AppFile = { readonly file: string; readonly mime: string; readonly isImage: boolean }

export type AppFiles = {
  /** Folder of the built page. */
  readonly dist: string
  readonly imageFile: (batchId: string, itemId: string, which: 'image' | 'thumb') => string | undefined
}

/**
 * The file behind `app://bundle/…`: a file of the built page, or `/image/<batchId>/<itemId>` and `/thumb/…`,
 * where the ids are looked up and never become part of a path. Undefined for everything else.
 */
export function resolveAppUrl(address: string, files: AppFiles): AppFile | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  if (url.host !== 'bundle') return undefined
  const image = /^\/(image|thumb)\/([\w-]+)\/([\w-]+)$/.exec(url.pathname)
  if (image) {
    const [, which, batchId = '', itemId = ''] = image
    return withMime(files.imageFile(batchId, itemId, which === 'image' ? 'image' : 'thumb'), true)
  }
  const name = decode(url.pathname)
  if (name === undefined || name.includes('\0')) return undefined
  const file = path.join(files.dist, name === '/' ? 'index.html' : name)
  const isInside = file.startsWith(files.dist + path.sep)
  return isInside ? withMime(file, false) : undefined
}

function withMime(file: string | undefined, isImage: boolean): AppFile | undefined {
  const mime = file === undefined ? undefined : MIME[path.extname(file)]
  return file === undefined || mime === undefined ? undefined : { file, mime, isImage }
}

function decode(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return undefined
  }
}
