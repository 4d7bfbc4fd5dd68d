import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { useReview } from '../stores/review-actions.ts'
import { useOptionsSheet } from './use-options-sheet.ts'

type WorkbenchProps = {
  readonly queue: ReactNode
  readonly review: ReactNode
  readonly options: ReactNode
}

/** Pixels. */
const NARROWEST = 280
const WIDEST = 420
const START = 340
const KEY_STEP = 16

const clampWidth = (width: number) => Math.min(WIDEST, Math.max(NARROWEST, Math.round(width)))

/** The three zones. Narrow windows fold the options into a sheet, then show queue and review as two steps: see layout.css. */
export function Workbench({ queue, review, options }: WorkbenchProps) {
  const [width, setWidth] = useState(START)
  const step = useReview(({ step }) => step)
  const { isOpen: isOptionsOpen, close: closeOptions } = useOptionsSheet()
  return (
    <main
      className="workbench"
      aria-label="Workbench"
      data-step={step}
      data-options={isOptionsOpen}
      ref={(element) => element?.style.setProperty('--queue-width', `${width}px`)}
    >
      {queue}
      <Separator width={width} onWidth={(next) => setWidth(clampWidth(next))} />
      {review}
      {isOptionsOpen ? (
        <>
          <button
            type="button"
            className="sheet-cover"
            aria-label="Close options"
            tabIndex={-1}
            onClick={closeOptions}
          />
          {options}
        </>
      ) : null}
    </main>
  )
}

/** The line between queue and review: drag it, or move it with the arrow keys. */
function Separator({
  width,
  onWidth,
}: {
  readonly width: number
  readonly onWidth: (width: number) => void
}) {
  const start = useRef<number>(undefined)
  const down = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = event.clientX - width
  }
  const keyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') onWidth(width - KEY_STEP)
    else if (event.key === 'ArrowRight') onWidth(width + KEY_STEP)
    else return
    event.preventDefault()
  }
  return (
    <div
      className="separator"
      role="separator"
      aria-label="Width of the queue"
      aria-orientation="vertical"
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      aria-valuenow={width}
      tabIndex={0}
      onKeyDown={keyDown}
      onPointerDown={down}
      onPointerMove={(event) => start.current !== undefined && onWidth(event.clientX - start.current)}
      onPointerUp={() => (start.current = undefined)}
      onPointerCancel={() => (start.current = undefined)}
    />
  )
}
