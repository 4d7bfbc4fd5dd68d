import { findDataUriFiles } from './data-uri.ts'

/** What a drop or a paste brings: files (a folder is a `File` too) and addresses of images. */
export type Brought = {
  readonly files: readonly File[]
  readonly urls: readonly string[]
  /** Lines of plain text that are no address. */
  readonly ignoredLines: number
}

type Transfer = Pick<DataTransfer, 'files' | 'getData'>

/**
 * Reads a drop or a paste, the most telling kind first: files; images of a web page by their `src`; a list of addresses; plain text
 * with one address a line. Has to be called inside the event: afterwards the browser empties the transfer.
 */
export function readTransfer(transfer: Transfer): Brought {
  if (transfer.files.length > 0) return { files: [...transfer.files], urls: [], ignoredLines: 0 }
  const sources = findImageSources(transfer.getData('text/html'))
  if (sources.length > 0) {
    const urls = sources.filter(isWebAddress)
    return { files: findDataUriFiles(sources), urls, ignoredLines: 0 }
  }
  const list = transfer.getData('text/uri-list')
  return readLines(list || transfer.getData('text/plain'), list !== '')
}

/** One address a line; in a `text/uri-list`, lines with `#` are comments. */
export function readLines(text: string, isUriList = false): Brought {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !(isUriList && line.startsWith('#')))
  const urls = lines.filter(isWebAddress)
  return {
    files: findDataUriFiles(lines),
    urls,
    ignoredLines: lines.filter((line) => !isUsable(line)).length,
  }
}

function isUsable(line: string): boolean {
  return isWebAddress(line) || line.startsWith('data:image/')
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)
}

function findImageSources(html: string): string[] {
  if (!html.includes('<img')) return []
  // A parsed document is inert: it loads nothing and runs nothing.
  const page = new DOMParser().parseFromString(html, 'text/html')
  return [...page.querySelectorAll('img[src]')].map((image) => image.getAttribute('src') ?? '')
}
