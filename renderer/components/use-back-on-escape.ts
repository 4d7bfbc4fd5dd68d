import { useEffect } from 'react'

/** The width below which the options lie over the review as a sheet; the same as in layout.css. */
const SHEET_QUERY = '(max-width: 1099.9px)'

/** Whether the window is so narrow that the options are a sheet. */
export function isSheetWidth(): boolean {
  return window.matchMedia(SHEET_QUERY).matches
}

/** Lets Escape close the options while they are a sheet. */
export function useBackOnEscape(isOpen: boolean, onBack: () => void): void {
  useEffect(() => {
    if (!isOpen) return
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && isSheetWidth()) onBack()
    }
    window.addEventListener('keydown', close)
    return () => window.removeEventListener('keydown', close)
  }, [isOpen, onBack])
}
