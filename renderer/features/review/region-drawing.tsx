import { useEffect, useRef, useState, type PointerEvent } from 'react'
import type { Item } from '../../../shared/batch.ts'
import { readRegion, stopMarking } from '../../stores/read-otherwise.ts'
import { useLooking } from '../../stores/view.ts'
import type { Rect } from './fit-panes.ts'
import { boxStyle } from './token-boxes.tsx'

type RegionDrawingProps = { readonly item: Item; readonly image: NonNullable<Item['image']> }

/** Smaller than so many pixels of the image, a drag was a click. */
const SMALLEST = 8

/** A sheet over the image on which a drag marks what is to be read. Escape leaves all as it is. */
export function RegionDrawing({ item, image }: RegionDrawingProps) {
  const isOn = useLooking(({ isMarkingRegion }) => isMarkingRegion)
  const sheet = useRef<HTMLDivElement>(null)
  const start = useRef<{ readonly x: number; readonly y: number }>(undefined)
  const [drawn, setDrawn] = useState<Rect>()
  useEffect(() => {
    if (!isOn) return
    const leave = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      stopMarking()
    }
    window.addEventListener('keydown', leave, { capture: true })
    return () => window.removeEventListener('keydown', leave, { capture: true })
  }, [isOn])
  useEffect(() => stopMarking, [])
  if (!isOn) return null
  const placeOf = ({ clientX, clientY }: PointerEvent) => {
    const box = sheet.current?.getBoundingClientRect() ?? new DOMRect()
    const share = (at: number, from: number, size: number) => Math.min(1, Math.max(0, (at - from) / size))
    return { x: share(clientX, box.left, box.width), y: share(clientY, box.top, box.height) }
  }
  const finish = () => {
    start.current = undefined
    setDrawn(undefined)
    const region = drawn && toRegion(drawn, image)
    if (region && region.width >= SMALLEST && region.height >= SMALLEST) void readRegion(item, region)
  }
  return (
    <div
      ref={sheet}
      className="region-drawing"
      onPointerDown={(event) => {
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = placeOf(event)
      }}
      onPointerMove={(event) => {
        event.stopPropagation()
        if (start.current) setDrawn(between(start.current, placeOf(event)))
      }}
      onPointerUp={finish}
      onClick={(event) => event.stopPropagation()}
    >
      {drawn ? <div className="region-box" style={boxStyle(drawn)} /> : null}
      <p className="region-words" role="status">
        Drag over what is to be read. Escape leaves all as it is.
      </p>
    </div>
  )
}

type Spot = { readonly x: number; readonly y: number }

function between(one: Spot, other: Spot): Rect {
  const [left, top] = [Math.min(one.x, other.x), Math.min(one.y, other.y)]
  return { left, top, width: Math.abs(one.x - other.x), height: Math.abs(one.y - other.y) }
}

function toRegion({ left, top, width, height }: Rect, image: RegionDrawingProps['image']) {
  return {
    top_left_x: Math.round(left * image.width),
    top_left_y: Math.round(top * image.height),
    width: Math.round(width * image.width),
    height: Math.round(height * image.height),
  }
}
