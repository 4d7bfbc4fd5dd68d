import { replaceInLatex, type Replaced, type Search } from '../../../shared/latex/find-in-latex.ts'

/** Searches apart from the page, which ends this thread when it takes too long. */
addEventListener('message', ({ data }: MessageEvent<FindRequest>) => {
  const { sources, search } = data
  postMessage(sources.map((latex) => replaceInLatex(latex, search)) satisfies FindReply)
})

export type FindRequest = { readonly sources: readonly string[]; readonly search: Search }
export type FindReply = readonly (Replaced | undefined)[]
