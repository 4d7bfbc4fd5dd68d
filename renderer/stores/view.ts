import { create } from 'zustand'
import { stepZoom } from './zoom.ts'

export type Looking = {
  /** Times the size that fits; of image and formula alike. */
  readonly zoom: number
  /** How the formula is laid over the image: through it, in its place, or taken from it. */
  readonly comparison: 'overlay' | 'blink' | 'difference' | undefined
  /** Whether the next drag over the image marks what is to be read. */
  readonly isMarkingRegion: boolean
}

/** How image and formula are looked at. */
export const useLooking = create<Looking>(() => ({
  zoom: 1,
  comparison: undefined,
  isMarkingRegion: false,
}))

export function setZoom(zoom: number): void {
  useLooking.setState({ zoom })
}

export const zoomIn = (): void => setZoom(stepZoom(useLooking.getState().zoom, 1))
export const zoomOut = (): void => setZoom(stepZoom(useLooking.getState().zoom, -1))
export const zoomToFit = (): void => setZoom(1)

/** Lays the formula over the image in this way; the same once more takes it off. */
export function toggleComparison(comparison: NonNullable<Looking['comparison']>): void {
  useLooking.setState((state) => ({
    comparison: state.comparison === comparison ? undefined : comparison,
  }))
}
