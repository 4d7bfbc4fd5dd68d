import type { OcrResult } from '../shared/mathpix.ts'

/** What the GET shows of a batch. */
export type BatchView = {
  readonly keys: readonly string[]
  readonly results: ReadonlyMap<string, OcrResult>
  /** The sender's callback without its headers, which are secrets. In memory only: gone when an answered batch is read from the disk. */
  readonly echo?: Readonly<Record<string, unknown>>
}

type Kept = { readonly view: BatchView; readonly bytes: number }

/**
 * The answered batches that stay in memory, those first that somebody asked for last: a client asks once or twice more for what is all
 * answered, and never again. `bytes` are those of a batch on the disk; the last one stays however large it is.
 */
export class KeptViews {
  readonly #limit: number
  readonly #kept = new Map<number, Kept>()
  #bytes = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get(batch_id: number): BatchView | undefined {
    const kept = this.#kept.get(batch_id)
    if (kept) this.keep(batch_id, kept.view, kept.bytes)
    return kept?.view
  }

  keep(batch_id: number, view: BatchView, bytes: number): void {
    this.remove(batch_id)
    this.#kept.set(batch_id, { view, bytes })
    this.#bytes += bytes
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#limit || this.#kept.size === 1) return
      this.remove(oldest)
    }
  }

  remove(batch_id: number): void {
    this.#bytes -= this.#kept.get(batch_id)?.bytes ?? 0
    this.#kept.delete(batch_id)
  }
}
