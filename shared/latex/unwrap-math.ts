import { splitMath } from '../split-math.ts'

const environment = /^\\begin\s*\{(equation|displaymath|math)(\*?)\}([\s\S]*)\\end\s*\{\1\2\}$/

/**
 * A formula without what a document puts around it: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, `\begin{equation}…\end{equation}`. Whatever is more than one formula comes back as it
 * was.
 */
export function unwrapMath(text: string): string {
  const trimmed = text.trim()
  const inner = insideDelimiters(trimmed) ?? insideEnvironment(trimmed)
  return inner === undefined ? text : unwrapMath(inner.trim())
}

function insideDelimiters(text: string): string | undefined {
  const [only, ...others] = splitMath(text)
  return only && others.length === 0 && only.kind !== 'prose' ? only.value : undefined
}

function insideEnvironment(text: string): string | undefined {
  const [, name = '', , inner] = environment.exec(text) ?? []
  return inner === undefined || inner.includes(`\\end{${name}`) ? undefined : inner
}
