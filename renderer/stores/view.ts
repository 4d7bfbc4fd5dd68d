import { create } from 'zustand'
import { stepZoom } from './zoom.ts'

export type Looking = {
  /** Times the size that fits; of image and formula alike. */
  readonly zoom: number
}

/** How image and formula are looked at. */
export const useView = create<Looking>(() => ({ zoom: 1 }))

export function setZoom(zoom: number): void {
  useView.setState({ zoom })
}

export const zoomIn = (): void => setZoom(stepZoom(useView.getState().zoom, 1))
export const zoomOut = (): void => setZoom(stepZoom(useView.getState().zoom, -1))
export const zoomToFit = (): void => setZoom(1)
