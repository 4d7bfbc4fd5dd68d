import { useMemo } from 'react'
import type { Item } from '../../shared/batch.ts'
import { placeInSource, type SourceRange } from '../../shared/latex/place-in-source.ts'
import { DOUBT_BELOW, listTokens, type ResultToken } from '../../shared/token-data.ts'
import { useBatches } from './batches.ts'
import { requestCaret, useReview } from './review-actions.ts'
import { currentLatex } from './shown-latex.ts'
import { showToast } from './toasts.ts'

/** A token that the engine read and that still stands in the LaTeX as it is now. */
export type ShownToken = ResultToken & {
  /** Its place among all that were read: it stays when others are edited. */
  readonly at: number
  readonly range: SourceRange
  readonly isDoubted: boolean
}

function listShownTokens({ result }: Item, latex: string): readonly ShownToken[] {
  const read = listTokens(result)
  const ranges = placeInSource(
    latex,
    read.map((token) => token.latex),
  )
  return read.flatMap((token, at) => {
    const range = ranges[at]
    return range ? [{ ...token, at, range, isDoubted: token.confidence < DOUBT_BELOW }] : []
  })
}

export function useShownTokens(item: Item, latex: string | undefined): readonly ShownToken[] {
  return useMemo(() => (latex === undefined ? [] : listShownTokens(item, latex)), [item, latex])
}

/** The token under the pointer, else the one in hand: where the caret stands, what was clicked, or the doubt that was gone to. */
export function useHeldToken(item: Item, tokens: readonly ShownToken[]): ShownToken | undefined {
  const held = useReview(({ hoveredToken, heldToken }) => hoveredToken ?? heldToken)
  return held?.itemId === item.id ? tokens.find(({ at }) => at === held.at) : undefined
}

/** Whether the pointer is on a token of an image, or of its formula. */
export function useIsHovering({ id }: Item): boolean {
  return useReview(({ hoveredToken }) => hoveredToken?.itemId === id)
}

/** Whether doubts are shown at an image: until it is reviewed, unless one wants it otherwise. */
export function areDoubtsShown(
  { showsDoubts }: { readonly showsDoubts: { readonly open: boolean; readonly accepted: boolean } },
  { accepted }: Item,
): boolean {
  return accepted ? showsDoubts.accepted : showsDoubts.open
}

const currentItem = (): Item | undefined => {
  const { currentId } = useReview.getState()
  return currentId === undefined ? undefined : useBatches.getState().items.get(currentId)
}

export function toggleDoubts(): void {
  const item = currentItem()
  if (!item) return
  const kind = item.accepted ? 'accepted' : 'open'
  useReview.setState(({ showsDoubts }) => ({ showsDoubts: { ...showsDoubts, [kind]: !showsDoubts[kind] } }))
}

/** The next doubt of the image under review, going round; the caret goes along while one edits. */
export function goToNextDoubt(): void {
  const item = currentItem()
  if (!item) return
  const doubts = listShownTokens(item, currentLatex(item) ?? '').filter(({ isDoubted }) => isDoubted)
  const { heldToken, showsDoubts } = useReview.getState()
  const from = heldToken?.itemId === item.id ? heldToken.at : -1
  const next = doubts.find(({ at }) => at > from) ?? doubts[0]
  if (!next) {
    showToast({ tone: 'info', message: 'No sign of this image is in doubt.' })
    return
  }
  const kind = item.accepted ? 'accepted' : 'open'
  useReview.setState({ step: 'review', showsDoubts: { ...showsDoubts, [kind]: true } })
  holdToken(item, next)
  if (isEditing()) requestCaret(next.range)
}

const isEditing = () => document.activeElement?.classList.contains('editor-field') === true

export function holdToken({ id }: Item, token: ShownToken | undefined): void {
  // A pointer that rests on another one does not hide it.
  useReview.setState({ heldToken: token && { itemId: id, at: token.at }, hoveredToken: undefined })
}

/** Shows a token wherever it is, as long as the pointer is on it. */
export function hoverToken(item: Item | undefined, token?: ShownToken): void {
  const { hoveredToken } = useReview.getState()
  if (hoveredToken?.at === token?.at && (!token || hoveredToken?.itemId === item?.id)) return
  useReview.setState({ hoveredToken: item && token && { itemId: item.id, at: token.at } })
}

/** Takes the token in hand that the caret stands in or behind, or that is selected; of two that meet there the one behind the caret. */
export function holdTokenAt(itemId: string, from: number, to: number): void {
  const item = useBatches.getState().items.get(itemId)
  if (!item) return
  const tokens = listShownTokens(item, currentLatex(item) ?? '')
  const touching = tokens.filter(({ range }) => range.from <= from && to <= range.to)
  holdToken(item, touching.find(({ range }) => range.from === from) ?? touching[0])
}

/** Takes the LaTeX in hand, with what is held selected. */
export function editHeld(): void {
  const item = currentItem()
  const { heldToken } = useReview.getState()
  const tokens = item && heldToken?.itemId === item.id ? listShownTokens(item, currentLatex(item) ?? '') : []
  requestCaret(tokens.find(({ at }) => at === heldToken?.at)?.range)
}
