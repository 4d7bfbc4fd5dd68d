import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'

/** Keeps what is in the middle of a scrolling pane in the middle when its content grows or shrinks with `zoom`. */
export function useKeptCenter(pane: RefObject<HTMLElement | null>, zoom: number): void {
  const center = useRef({ x: 0.5, y: 0.5 })
  useEffect(() => {
    const element = pane.current
    if (!element) return
    const remember = () => {
      center.current = {
        x: (element.scrollLeft + element.clientWidth / 2) / Math.max(1, element.scrollWidth),
        y: (element.scrollTop + element.clientHeight / 2) / Math.max(1, element.scrollHeight),
      }
    }
    element.addEventListener('scroll', remember)
    return () => element.removeEventListener('scroll', remember)
  }, [pane])
  useLayoutEffect(() => {
    const element = pane.current
    if (!element) return
    const { x, y } = zoom > 1 ? center.current : { x: 0.5, y: 0.5 }
    element.scrollTo(
      x * element.scrollWidth - element.clientWidth / 2,
      y * element.scrollHeight - element.clientHeight / 2,
    )
  }, [pane, zoom])
}
