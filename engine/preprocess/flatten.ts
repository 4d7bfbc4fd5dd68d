import type { Plane } from './pixels.ts'
import { isLightOnDark } from './polarity.ts'
import { chooseTileSize, interpolateRows, measureTiles, type TileGrid } from './tiles.ts'

/**
 * Turns light-on-dark pictures round, then divides by the paper's brightness around each pixel, so that shading, vignettes and
 * paper colour vanish.
 * @returns ink from 0 (paper) to 1 (black), not yet stretched.
 */
export function flattenBackground(grey: Plane): { ink: Plane; isInverted: boolean } {
  const size = chooseTileSize(grey)
  const isInverted = isLightOnDark(grey)
  const values = isInverted ? grey.values.map((value) => 255 - value) : grey.values
  const plane = { ...grey, values }
  const paper = closeGrid(measureTiles(plane, size, 0.8))
  const ink = new Float32Array(values.length)
  const readRow = interpolateRows(paper, grey.width)
  for (let y = 0; y < grey.height; y += 1) {
    const row = readRow(y)
    for (let x = 0; x < grey.width; x += 1) {
      const at = y * grey.width + x
      const light = row[x] ?? 255
      const value = values[at] ?? 0
      // The floor keeps deep shadow from turning sensor noise into ink.
      if (value < light) ink[at] = (light - value) / Math.max(48, light)
    }
  }
  return { ink: { values: ink, width: grey.width, height: grey.height }, isInverted }
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
