import { useState } from 'react'
import type { Item } from '../../../shared/batch.ts'
import type { ShownToken } from '../../stores/tokens.ts'
import type { DrawnFormula } from './measure-formula.ts'

/** The formula of a result as it was typeset first, by which the panes are laid out: nothing moves because one edits. */
type FirstFormula = { readonly formula: DrawnFormula; readonly tokens: readonly ShownToken[] }

type DrawnFormulas = {
  readonly drawn: DrawnFormula | undefined
  readonly first: FirstFormula | undefined
  /** Takes a measure; `isAnew` where all earlier ones do not count. Its identity stays while item and tokens do. */
  readonly take: (drawn: DrawnFormula | undefined, isAnew: boolean) => void
}

export function useDrawnFormula({ result }: Item, tokens: readonly ShownToken[]): DrawnFormulas {
  const [drawn, setDrawn] = useState<DrawnFormula>()
  const [first, setFirst] = useState<FirstFormula & { readonly result: Item['result'] }>()
  const take: DrawnFormulas['take'] = (next, isAnew) => {
    setDrawn(next)
    if (next)
      setFirst((known) => (known?.result === result && !isAnew ? known : { formula: next, tokens, result }))
  }
  return { drawn, first: first?.result === result ? first : undefined, take }
}
