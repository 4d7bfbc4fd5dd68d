/**
 * Keys name the images of a batch on the wire: plain ASCII, unique, and sorted in drop order. Item ids are
 * ours alone; they sort in drop order too, also after a key was renamed.
 */

const MAX_NAME = 60
const FOUR_DIGITS = 9999

/**
 * `fraction.png` at position 17 → `0017-fraction`; page 2 of a scan → `0017-scan-p002`. Beyond 9999 the order
 * still holds.
 */
export function makeKey(position: number, name: string, page?: number): string {
  const prefix =
    position <= FOUR_DIGITS ? String(position).padStart(4, '0') : `z${String(position).padStart(7, '0')}`
  const suffix = page === undefined ? '' : `-p${String(page).padStart(3, '0')}`
  return `${prefix}-${toPlainName(name)}${suffix}`
}

/** The item's id: its position, and for the further pages of one file the page. */
export function makeItemId(position: number, page = 1): string {
  const base = String(position).padStart(7, '0')
  return page === 1 ? base : `${base}-${String(page).padStart(4, '0')}`
}

/** Part `index` (from 0) of an item that was split, by its letters: `0007-fraction` → `0007a-fraction`; an own key gets them at its end. */
export function makePartKey(key: string, index: number): string {
  const [, number, name] = /^(\d{4,})(-.+)$/.exec(key) ?? []
  return number === undefined ? `${key}-${toLetters(index)}` : `${number}${toLetters(index)}${name ?? ''}`
}

/** Its id: parts sort one after the other, behind the item and before the next page of its file. */
export function makePartId(itemId: string, index: number): string {
  return `${itemId.includes('-') ? itemId : `${itemId}-0001`}${toLetters(index)}`
}

/** a … y, za … zy, zza …, which sort in this order. */
function toLetters(index: number): string {
  return `${'z'.repeat(Math.floor(index / 25))}${String.fromCharCode(97 + (index % 25))}`
}

/** The id of the file's first page, which the others were found in. */
export function fileIdOf(itemId: string): string {
  return itemId.split('-', 1)[0] ?? itemId
}

/** The position an id was made from; 0 for a foreign id. */
export function positionOf(itemId: string): number {
  const position = Number.parseInt(itemId, 10)
  return Number.isFinite(position) ? position : 0
}

/** A name as letters, digits, dot, dash and underscore of ASCII, without its file extension. */
export function toPlainName(name: string): string {
  const plain = name
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, MAX_NAME)
  return plain === '' ? 'image' : plain
}

/** The key a user typed, made fit for the wire; undefined when nothing usable is left. */
export function toKey(text: string): string | undefined {
  const key = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100)
  return key === '' ? undefined : key
}

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Orders file names as people do: `page2` before `page10`. */
export function compareNaturally(a: string, b: string): number {
  return natural.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
}
