import { useEffect, useState } from 'react'
import type { Item } from '../../../shared/batch.ts'
import { findPatternMistake, type Search } from '../../../shared/latex/find-in-latex.ts'
import { useBatches } from '../../stores/batches.ts'
import { currentLatex } from '../../stores/shown-latex.ts'
import { findInAll } from './find-in-all.ts'

export type Hit = {
  readonly item: Item
  readonly before: string
  readonly after: string
  /** In how many places. */
  readonly count: number
}

export type Hits = {
  readonly hits: readonly Hit[]
  /** Why there are none, where it is not that nothing was found. */
  readonly problem?: string
  readonly isSearching?: true
}

/** Typing goes on for so long before a search begins. */
const TYPING_MS = 150
const NOTHING: Hits = { hits: [] }

/** All results of the open batch in which something is found, in drop order, with what each would become. */
export function useHits(search: Search): Hits {
  const [found, setFound] = useState<Hits>(NOTHING)
  useEffect(() => {
    const aborting = new AbortController()
    const timer = setTimeout(() => {
      void findHits(search, aborting.signal).then((hits) => {
        if (!aborting.signal.aborted) setFound(hits)
      })
    }, TYPING_MS)
    return () => {
      clearTimeout(timer)
      aborting.abort()
    }
  }, [search])
  return found
}

async function findHits(search: Search, signal: AbortSignal): Promise<Hits> {
  if (search.find === '') return NOTHING
  const mistake = findPatternMistake(search)
  if (mistake !== undefined) return { hits: [], problem: `This is no regular expression: ${mistake}.` }
  const { order, items } = useBatches.getState()
  const sources = order.flatMap((id) => {
    const item = items.get(id)
    const latex = item && currentLatex(item)
    return item && latex ? [{ item, latex }] : []
  })
  const replies = await findInAll({ sources: sources.map(({ latex }) => latex), search }, signal)
  if (replies === 'too_slow')
    return { hits: [], problem: 'This expression takes too long to search for. Make it simpler.' }
  const hits = sources.flatMap(({ item, latex }, at): Hit[] => {
    const reply = replies[at]
    return reply ? [{ item, before: latex, after: reply.latex, count: reply.count }] : []
  })
  return { hits }
}
