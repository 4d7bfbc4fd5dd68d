/** The width below which the options lie over the review as a sheet; the same as in layout.css. */
const SHEET_QUERY = '(max-width: 1099.9px)'

/** Whether the window is so narrow that the options are a sheet. */
export function isSheetWidth(): boolean {
  return window.matchMedia(SHEET_QUERY).matches
}

/** Tells when the window becomes so narrow. Returns the stop. */
export function onSheetWidth(listener: () => void): () => void {
  const query = window.matchMedia(SHEET_QUERY)
  const check = () => {
    if (query.matches) listener()
  }
  query.addEventListener('change', check)
  return () => query.removeEventListener('change', check)
}
