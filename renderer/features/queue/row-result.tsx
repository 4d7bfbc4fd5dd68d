import { useEffect, useRef, type ReactNode } from 'react'

/** Below this a formula is a smudge; what is still too tall is cut instead. */
const SMALLEST = 0.55

/** One line of a row for the result, in which tall formulas are set smaller so that they are seen whole. */
export function RowResult({ children }: { readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = box.current
    if (!element) return
    element.style.removeProperty('--shrink')
    const heights = [...element.querySelectorAll('.katex-html > *')].map(
      (part) => part.getBoundingClientRect().height,
    )
    const tallest = Math.max(0, ...heights)
    if (tallest <= element.clientHeight) return
    element.style.setProperty('--shrink', String(Math.max(SMALLEST, element.clientHeight / tallest)))
  })
  return (
    <div className="row-result" ref={box}>
      {children}
    </div>
  )
}
