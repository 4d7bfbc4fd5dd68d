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

/** The values between the tiles' middles, along one row of pixels. */
export function interpolateRow(grid: TileGrid, y: number, width: number): Float32Array {
  const height = grid.rows * grid.size
  const place = Math.min(grid.rows - 1, Math.max(0, (y / Math.max(1, height)) * grid.rows - 0.5))
  const upper = Math.floor(place)
  const lower = Math.min(grid.rows - 1, upper + 1)
  const down = place - upper
  const line = new Float32Array(grid.columns)
  for (let column = 0; column < grid.columns; column += 1) {
    const above = grid.values[upper * grid.columns + column] ?? 0
    const below = grid.values[lower * grid.columns + column] ?? 0
    line[column] = above + (below - above) * down
  }
  const row = new Float32Array(width)
  for (let x = 0; x < width; x += 1) {
    const across = Math.min(grid.columns - 1, Math.max(0, (x / width) * grid.columns - 0.5))
    const left = Math.floor(across)
    const start = line[left] ?? 0
    const end = line[Math.min(grid.columns - 1, left + 1)] ?? start
    row[x] = start + (end - start) * (across - left)
  }
  return row
}
