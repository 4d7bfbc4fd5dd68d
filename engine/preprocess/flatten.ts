import type { Plane } from './pixels.ts'

type TileGrid = { values: Float32Array; columns: number; rows: number; size: number }

/** Tiles must be larger than a stroke is wide and smaller than a shadow is soft. */
function chooseTileSize(plane: Plane): number {
  return Math.round(Math.min(64, Math.max(12, Math.max(plane.width, plane.height) / 24)))
}

/**
 * Turns light-on-dark pictures round, then divides by the paper's brightness around each pixel, so that shading, vignettes and
 * paper colour vanish.
 * @returns ink from 0 (paper) to 1 (black), not yet stretched.
 */
export function flattenBackground(grey: Plane): { ink: Plane; isInverted: boolean } {
  const size = chooseTileSize(grey)
  const isInverted = isLightOnDark(grey, size)
  const values = isInverted ? grey.values.map((value) => 255 - value) : grey.values
  const plane = { ...grey, values }
  const paper = closeGrid(measureTiles(plane, size, 0.8))
  const ink = new Float32Array(values.length)
  for (let y = 0; y < grey.height; y += 1) {
    const row = interpolateRow(paper, y, grey.width)
    for (let x = 0; x < grey.width; x += 1) {
      const at = y * grey.width + x
      // The floor keeps deep shadow from turning sensor noise into ink.
      const light = row[x] ?? 255
      ink[at] = Math.max(0, (light - (values[at] ?? 0)) / Math.max(48, light))
    }
  }
  return { ink: { values: ink, width: grey.width, height: grey.height }, isInverted }
}

/** Ink is the rarer side: strong deviations from the local middle brightness are mostly dark on paper, light on a board. */
function isLightOnDark(grey: Plane, size: number): boolean {
  const middle = measureTiles(grey, size * 2, 0.5)
  let dark = 0
  let light = 0
  for (let y = 0; y < grey.height; y += 2) {
    const row = interpolateRow(middle, y, grey.width)
    for (let x = 0; x < grey.width; x += 2) {
      const difference = (grey.values[y * grey.width + x] ?? 0) - (row[x] ?? 0)
      if (difference > 24) light += difference * difference
      else if (difference < -24) dark += difference * difference
    }
  }
  // A tie is decided by what pictures mostly are: dark ink on light paper.
  return light > dark * 1.3 && meanOf(middle.values) < 190
}

function meanOf(values: Float32Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / Math.max(1, values.length)
}

function measureTiles(plane: Plane, size: number, share: number): TileGrid {
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

/** Grey closing: a tile that a thick stroke fills takes its neighbours' brightness. */
function closeGrid(grid: TileGrid): TileGrid {
  return spread(spread(grid, Math.max), Math.min)
}

function spread(grid: TileGrid, choose: (one: number, other: number) => number): TileGrid {
  const values = new Float32Array(grid.values.length)
  for (let row = 0; row < grid.rows; row += 1) {
    for (let column = 0; column < grid.columns; column += 1) {
      let best = grid.values[row * grid.columns + column] ?? 0
      for (let y = Math.max(0, row - 1); y <= Math.min(grid.rows - 1, row + 1); y += 1) {
        for (let x = Math.max(0, column - 1); x <= Math.min(grid.columns - 1, column + 1); x += 1) {
          best = choose(best, grid.values[y * grid.columns + x] ?? best)
        }
      }
      values[row * grid.columns + column] = best
    }
  }
  return { ...grid, values }
}

function interpolateRow(grid: TileGrid, y: number, width: number): Float32Array {
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
