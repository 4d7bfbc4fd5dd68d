import { useMemo } from 'react'
import { compareLatex, type ComparedPart } from '../../../shared/latex/compare-latex.ts'
import { LatexView } from '../../components/latex-view.tsx'

const ELEMENTS = { same: 'span', gone: 'del', new: 'ins' } as const

/** The engine's reading, typeset, and what the edit made of it, sign by sign. */
export function Comparison({ original, latex }: { readonly original: string; readonly latex: string }) {
  const parts = useMemo(() => compareLatex(original, latex), [original, latex])
  return (
    <div className="original">
      <p className="meta">As the engine read it</p>
      <div className="original-math">
        <LatexView latex={original} isDisplay />
      </div>
      <p className="meta">What you changed</p>
      <ChangedLatex parts={parts} />
    </div>
  )
}

/** Two versions in one line: what is gone struck out, what is new underlined. */
export function ChangedLatex({ parts }: { readonly parts: readonly ComparedPart[] }) {
  return (
    <code className="changed-latex">
      {parts.map(({ kind, text }, at) => {
        const Element = ELEMENTS[kind]
        return <Element key={at}>{text}</Element>
      })}
    </code>
  )
}
