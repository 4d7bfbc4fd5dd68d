import type { Api, Output } from '../shared/ipc/contract.ts'
import type { Result } from '../shared/result.ts'

/** What `window.api` offers: the contract, and files as `File` objects, whose paths only the preload may learn. */
export type PageApi = Api & {
  readonly addFiles: (input: {
    batchId: string
    files: readonly File[]
  }) => Promise<Result<Output<'addSources'>>>
}

let provided: PageApi | undefined

/** Puts another api in the place of `window.api`: for tests and for design work in a browser. */
export function provideApi(api: PageApi): void {
  provided = api
}

/** The one way from the page to the main process. */
export function getApi(): PageApi {
  const api = provided ?? (window as { readonly api?: PageApi }).api
  if (!api) throw new Error('window.api is missing: the preload did not run')
  return api
}
