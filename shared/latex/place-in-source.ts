import { alignTokens } from './align-tokens.ts'
import { findDrawn, nameDrawn } from './drawn-tokens.ts'
import { locateTokens, type LocatedToken } from './tokens.ts'

/** A stretch of a text, from its first character to behind its last. */
export type SourceRange = { readonly from: number; readonly to: number }

/**
 * Where each token or word that was read stands in a text that was made of them, whatever its format, and however it was edited since;
 * `undefined` for what is no longer there.
 */
export function placeInSource(source: string, read: readonly string[]): (SourceRange | undefined)[] {
  const written = locateDrawn(source)
  const parts = read.flatMap((latex, index) => locateDrawn(latex).map(({ token }) => ({ index, token })))
  const partners = alignTokens(
    parts.map(({ token }) => token),
    written.map(({ token }) => token),
  )
  const ranges = read.map((): SourceRange | undefined => undefined)
  const isBroken = new Set<number>()
  parts.forEach(({ index }, at) => {
    const partner = written[partners[at] ?? -1]
    const before = ranges[index]
    const isNext = !before || partners[at] === (partners[at - 1] ?? -1) + 1
    if (!partner || !isNext) isBroken.add(index)
    else ranges[index] = { from: before?.from ?? partner.from, to: partner.to }
  })
  return ranges.map((range, index) => (isBroken.has(index) ? undefined : range))
}

/** The tokens of a source that put ink on paper, each by what it draws and with its place. */
export function locateDrawn(source: string): LocatedToken[] {
  const located = locateTokens(source)
  return findDrawn(located.map(({ token }) => token)).flatMap((at) => {
    const found = located[at]
    return found ? [{ ...found, token: nameDrawn(found.token) }] : []
  })
}
