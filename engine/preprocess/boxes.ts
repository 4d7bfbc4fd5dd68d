import type { Box } from './pixels.ts'

export const widthOf = (box: Box): number => box.right - box.left
export const heightOf = (box: Box): number => box.bottom - box.top
export const middleOf = (box: Box): number => (box.left + box.right) / 2

export function joinBoxes(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map((box) => box.left)),
    top: Math.min(...boxes.map((box) => box.top)),
    right: Math.max(...boxes.map((box) => box.right)),
    bottom: Math.max(...boxes.map((box) => box.bottom)),
  }
}

export function moveBox({ left, top, right, bottom }: Box, x: number, y: number): Box {
  return { left: left + x, top: top + y, right: right + x, bottom: bottom + y }
}

/** Length that two boxes share across. */
export function overlapAcross(one: Box, other: Box): number {
  return Math.min(one.right, other.right) - Math.max(one.left, other.left)
}
