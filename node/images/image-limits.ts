/** One address for what a picture may weigh: intake and engine refuse the same ones. */

/** A page of A4 at 1,200 dpi has 139 megapixels. */
export const MAX_PIXELS = 150_000_000

/** Bytes of the pixels alone: a page of that size in grey, a photograph of 100 megapixels in colour. */
export const MAX_DECODED_BYTES = 320_000_000

/** For kinds whose libraries hold every pixel several times over; above any telephone's camera. */
export const MAX_WHOLE_PIXELS = 64_000_000

/** Pages read from one TIFF; more are a book, not a pile of formulas. */
export const MAX_PAGES = 500

/** Pixels decoded at the same time in one process. A larger picture is decoded alone. */
export const PIXELS_IN_FLIGHT = 40_000_000
