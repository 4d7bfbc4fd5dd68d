/** The service does not say which megabyte it means: who sends keeps to the smaller one, who takes allows the larger one. */
const megabytes = (count: number) => ({ sent: count * 1_000_000, taken: count * 1024 * 1024 })

/** The documented limits of v3. */
export const LIMITS = {
  /** Bytes of a request's body, multipart included. */
  body: megabytes(5),
  /** Characters of an image in base64 inside a body. */
  base64: megabytes(2),
  /** Bytes of an image behind an address. */
  image: megabytes(10),
  /** Milliseconds that the download of such an image may take. */
  downloadMs: 15_000,
}
