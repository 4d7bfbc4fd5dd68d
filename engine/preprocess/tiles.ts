import type { Plane } from './pixels.ts'

/** One value for each square of a plane. */
export type TileGrid = { values: Float32Array; columns: number; rows: number; size: number }

/** Tiles must be larger than a stroke is wide and smaller than a shadow is soft. */
export function chooseTileSize(plane: Plane): number {
  return Math.round(Math.min(64, Math.max(12, Math.max(plane.width, plane.height) / 24)))
}

/** The brightness in each tile that a share of its pixels is darker than. */
export function measureTiles(plane: Plane, size: number, share: number): TileGrid {
  const columns = Math.max(1, Math.round(plane.width / size))
  const rows = Math.max(1, Math.round(plane.height / size))
  const values = new Float32Array(columns * rows)
  const counts = new Uint32Array(256)
  for (let row = 0; row < rows; row += 1) {
    const top = Math.floor((row * plane.height) / rows)
    const bottom = Math.floor(((row + 1) * plane.height) / rows)
    for (let column = 0; column < columns; column += 1) {
      const left = Math.floor((column * plane.width) / columns)
      const right = Math.floor(((column + 1) * plane.width) / columns)
      counts.fill(0)
      let total = 0
      const step = size > 24 ? 2 : 1
      for (let y = top; y < bottom; y += step) {
        for (let x = left; x < right; x += step) {
          const level = Math.min(255, Math.max(0, Math.round(plane.values[y * plane.width + x] ?? 0)))
          counts[level] = (counts[level] ?? 0) + 1
          total += 1
        }
      }
      values[row * columns + column] = findLevel(counts, total * share)
    }
  }
  return { values, columns, rows, size }
}

function findLevel(counts: Uint32Array, target: number): number {
  let seen = 0
  for (let level = 0; level < 256; level += 1) {
    seen += counts[level] ?? 0
    if (seen >= target) return level
  }
  return 255
}

/** Reads the values between the tiles' middles, along one row of pixels; what it gives is overwritten by the next row. */
export function interpolateRows(grid: TileGrid, width: number): (y: number) => Float32Array {
  const { values, columns, rows, size } = grid
  const places = Uint16Array.from({ length: width }, (_, x) => Math.floor(placeOf(x, width, columns)))
  const shares = Float64Array.from(places, (left, x) => placeOf(x, width, columns) - left)
  const line = new Float32Array(columns)
  const row = new Float32Array(width)
  return (y) => {
    const place = placeOf(y, Math.max(1, rows * size), rows)
    const upper = Math.floor(place)
    const lower = Math.min(rows - 1, upper + 1)
    for (let column = 0; column < columns; column += 1) {
      const above = values[upper * columns + column] ?? 0
      const below = values[lower * columns + column] ?? 0
      line[column] = above + (below - above) * (place - upper)
    }
    for (let x = 0; x < width; x += 1) {
      const left = places[x] ?? 0
      const start = line[left] ?? 0
      const end = line[Math.min(columns - 1, left + 1)] ?? start
      row[x] = start + (end - start) * (shares[x] ?? 0)
    }
    return row
  }
}

/** Where a pixel lies among tiles, 0 being the middle of the first. */
function placeOf(pixel: number, length: number, tiles: number): number {
  return Math.min(tiles - 1, Math.max(0, (pixel / length) * tiles - 0.5))
}
