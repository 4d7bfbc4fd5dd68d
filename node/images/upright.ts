import type { StoredPixels } from './pixels.ts'

/** The picture as it is to be seen: turned and mirrored as its orientation says. Upright ones are returned as they are. */
export function turnUpright(stored: StoredPixels): StoredPixels {
  const { data, width, height, bands, orientation } = stored
  if (orientation === 1) return stored
  const isSideways = orientation >= 5
  const [newWidth, newHeight] = isSideways ? [height, width] : [width, height]
  // Where the first pixel goes, and the steps in the new picture for one to the right and one down in the stored one.
  const isLeftGone = [2, 3, 6, 7].includes(orientation)
  const isTopGone = [3, 4, 7, 8].includes(orientation)
  const start = (isLeftGone ? newWidth - 1 : 0) + (isTopGone ? (newHeight - 1) * newWidth : 0)
  const across = isLeftGone ? -1 : 1
  const down = isTopGone ? -newWidth : newWidth
  const [right, below] = isSideways ? [down, across] : [across, down]
  const turned = new Uint8Array(data.length)
  for (let y = 0, from = 0; y < height; y += 1) {
    let to = (start + y * below) * bands
    for (let x = 0; x < width; x += 1, from += bands, to += right * bands) {
      for (let band = 0; band < bands; band += 1) turned[to + band] = data[from + band] ?? 0
    }
  }
  return { data: turned, width: newWidth, height: newHeight, bands, orientation: 1 }
}
