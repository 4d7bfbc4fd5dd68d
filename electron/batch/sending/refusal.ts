import type { AppError } from '../../../shared/errors.ts'

/**
 * Why nothing more of a run is to be tried: the keys are refused, or the month's quota is spent. Shared by all parts of the run, those
 * that images moved to included, so that one refusal holds back what still waits; what is on its way is answered.
 */
export class Refusal {
  #error: AppError | undefined
  readonly #stop = new AbortController()

  get error(): AppError | undefined {
    return this.#error
  }

  get signal(): AbortSignal {
    return this.#stop.signal
  }

  of(error: AppError): void {
    this.#error ??= error
    this.#stop.abort()
  }
}
