import { useEffect } from 'react'
import { useReview } from '../stores/review-actions.ts'
import { isSheetWidth, onSheetWidth } from './sheet-width.ts'

const closeOptions = () => useReview.setState({ isOptionsOpen: false })

/** While the window is narrow the options are a sheet: it starts closed, and Escape closes it. */
export function useOptionsSheet(): { readonly isOpen: boolean; readonly close: () => void } {
  const isOpen = useReview(({ isOptionsOpen }) => isOptionsOpen)
  useEffect(() => onSheetWidth(closeOptions), [])
  useEffect(() => {
    if (!isOpen) return
    const handleKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && isSheetWidth()) closeOptions()
    }
    window.addEventListener('keydown', handleKey)
    return () => window.removeEventListener('keydown', handleKey)
  }, [isOpen])
  return { isOpen, close: closeOptions }
}
