/**
 * What one item may weigh. An image of 50 megapixels works; far larger ones would take gigabytes while
 * decoding.
 */
export const MAX_SOURCE_BYTES = 200 * 1024 * 1024
export const MAX_PIXELS = 80_000_000
/** The documented limit of what an engine downloads. */
export const MAX_SENT_BYTES = 10_000_000
/** Pages read from one TIFF; more are a book, not a pile of formulas. */
export const MAX_PAGES = 500

export const THUMB_WIDTH = 240
export const THUMB_HEIGHT = 144
