import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { handleKey } from '../../commands/keys.ts'
import { useQueueView } from '../../stores/queue-view.ts'
import { useReview } from '../../stores/review-actions.ts'
import { QueueRow, rowElementId } from './queue-row.tsx'

/** Pixels; the same as in queue.css. */
const ROW_HEIGHT = 64
const PADDING = 4

/** The rows, of which only those in sight exist. The list has the focus; the current row is its active descendant. */
export function QueueList() {
  const visibleIds = useQueueView(({ visibleIds }) => visibleIds)
  const currentId = useReview(({ currentId }) => currentId)
  const scroller = useRef<HTMLDivElement>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- speaks for a compiler that is not used; the functions stay in here
  const virtualizer = useVirtualizer({
    count: visibleIds.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => visibleIds[index] ?? index,
    overscan: 6,
    paddingStart: PADDING,
    paddingEnd: PADDING,
  })
  const currentIndex = currentId === undefined ? -1 : visibleIds.indexOf(currentId)
  useEffect(() => {
    if (currentIndex >= 0) virtualizer.scrollToIndex(currentIndex)
  }, [currentIndex, virtualizer])
  return (
    <div
      ref={scroller}
      className="queue-list"
      role="listbox"
      aria-label="Images"
      aria-multiselectable
      tabIndex={0}
      {...(currentIndex >= 0 && currentId ? { 'aria-activedescendant': rowElementId(currentId) } : {})}
      onKeyDown={(event) => handleKey(event, 'list')}
    >
      <div className="queue-rows" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const id = visibleIds[index]
          return id === undefined ? null : (
            <QueueRow key={id} id={id} start={start} place={index + 1} total={visibleIds.length} />
          )
        })}
      </div>
    </div>
  )
}
