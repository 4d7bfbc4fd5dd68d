import { useLayoutEffect, useState, type RefObject } from 'react'

/** The inner size of an element in pixels, kept up to date; 0 × 0 before it is laid out. */
export function useElementSize(ref: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = () => {
      // Offset sizes, because client sizes change when a scroll bar appears, which would measure in circles.
      setSize({ width: element.offsetWidth, height: element.offsetHeight })
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return size
}
