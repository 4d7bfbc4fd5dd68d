import type { ImportingFile } from './read-imports.ts'

type Room = {
  readonly name: string
  readonly files: number
  readonly lines: number
  /** Folders of the room with their files, largest first. */
  readonly chambers: readonly (readonly [string, number])[]
  /** Imports from other rooms. */
  readonly needs: ReadonlyMap<string, number>
}

const isTest = (file: string) => /\.test\.tsx?$/.test(file)
const [wide, gap, rowGap, lineHeight, margin] = [236, 44, 84, 17, 24]
const mostChambers = 9
const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/**
 * The house as an SVG: a box for each top-level folder with its folders, number of files and lines, tests left out; an arrow from each room to those
 * that it imports from. A room stands above all that it needs.
 */
export function drawHouse(files: readonly ImportingFile[]): string {
  const rooms = listRooms(files.filter(({ file }) => file.includes('/') && !isTest(file)))
  const rows = stack(rooms)
  const places = new Map<string, { x: number; y: number; height: number }>()
  const width = Math.max(...rows.map((row) => row.length)) * (wide + gap) - gap + 2 * margin
  let y = margin
  for (const row of rows) {
    const inner = row.length * (wide + gap) - gap
    row.forEach((room, at) => {
      places.set(room.name, { x: (width - inner) / 2 + at * (wide + gap), y, height: heightOf(room) })
    })
    y += Math.max(...row.map(heightOf)) + rowGap
  }
  const height = y - rowGap + margin
  const arrows = rooms.flatMap((room) =>
    [...room.needs].map(([target, count]) => drawArrow(places.get(room.name), places.get(target), count)),
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(height)}" font-family="system-ui, sans-serif" font-size="12">`,
    '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#5b6472"/></marker></defs>',
    `<rect width="${String(width)}" height="${String(height)}" fill="#fff"/>`,
    ...arrows,
    ...rooms.map((room) => drawRoom(room, places.get(room.name))),
    '</svg>',
    '',
  ].join('\n')
}

function listRooms(files: readonly ImportingFile[]): Room[] {
  const roomOf = (file: string) => file.slice(0, file.indexOf('/'))
  const names = [...new Set(files.map(({ file }) => roomOf(file)))]
  return names.map((name) => {
    const own = files.filter(({ file }) => roomOf(file) === name)
    const foreign = own.flatMap(({ imports }) => imports.map(roomOf).filter((room) => room !== name))
    const folders = own.flatMap(({ file }) => {
      const [, folder, ...rest] = file.split('/')
      return folder !== undefined && rest.length > 0 ? [folder] : []
    })
    return {
      name,
      files: own.length,
      lines: own.reduce((sum, { lines }) => sum + lines, 0),
      chambers: [...count(folders)].sort(([, one], [, other]) => other - one),
      needs: count(foreign.filter((room) => names.includes(room))),
    }
  })
}

function count(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

/** Rows of rooms, top row first: each room one row above the highest that it needs. */
function stack(rooms: readonly Room[]): Room[][] {
  const floors = new Map<string, number>()
  const floorOf = (room: Room, path: readonly string[] = []): number => {
    const known = floors.get(room.name)
    if (known !== undefined || path.includes(room.name)) return known ?? 0
    const below = rooms.filter(({ name }) => room.needs.has(name))
    const floor = 1 + Math.max(-1, ...below.map((other) => floorOf(other, [...path, room.name])))
    floors.set(room.name, floor)
    return floor
  }
  const rows: Room[][] = []
  for (const room of rooms) (rows[floorOf(room)] ??= []).push(room)
  return rows.reverse()
}

function heightOf({ chambers }: Room): number {
  return 46 + lineHeight * Math.min(chambers.length, mostChambers + 1)
}

type Place = { readonly x: number; readonly y: number; readonly height: number }

function drawRoom({ name, files, lines, chambers }: Room, place: Place | undefined): string {
  const { x, y, height } = place ?? { x: 0, y: 0, height: 0 }
  const shown = chambers.slice(0, mostChambers).map(([folder, number]) => `${folder} (${String(number)})`)
  const left = chambers.length - shown.length
  if (left > 0) shown.push(`and ${String(left)} more`)
  const text = (line: string, at: number, style: string) =>
    `<text x="${String(x + 14)}" y="${String(at)}" ${style}>${escape(line)}</text>`
  return [
    `<rect x="${String(x)}" y="${String(y)}" width="${String(wide)}" height="${String(height)}" rx="8" fill="#f4f6f9" stroke="#8a93a3"/>`,
    text(`${name}/`, y + 22, 'font-weight="600" font-size="14" fill="#1b2230"'),
    text(`${String(files)} files, ${String(lines)} lines`, y + 38, 'fill="#5b6472"'),
    ...shown.map((line, at) => text(line, y + 38 + lineHeight * (at + 1), 'fill="#1b2230"')),
  ].join('\n')
}

function drawArrow(from: Place | undefined, to: Place | undefined, count: number): string {
  if (!from || !to) return ''
  const start = { x: from.x + wide / 2, y: from.y + from.height }
  const end = { x: to.x + wide / 2, y: to.y - 3 }
  const bend = Math.max(30, (end.y - start.y) / 2)
  const path = `M${String(start.x)} ${String(start.y)}C${String(start.x)} ${String(start.y + bend)} ${String(end.x)} ${String(end.y - bend)} ${String(end.x)} ${String(end.y)}`
  const stroke = (0.6 + Math.log10(count) * 0.9).toFixed(1)
  return `<path d="${path}" fill="none" stroke="#8a93a3" stroke-width="${stroke}" marker-end="url(#head)"><title>${String(count)} imports</title></path>`
}
