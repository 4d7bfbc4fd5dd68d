import { create } from 'zustand'
import type { SourceRange } from '../../shared/latex/place-in-source.ts'
import { isSheetWidth } from '../components/sheet-width.ts'
import type { Triage } from './triage.ts'
import { forgetChanges } from './undo.ts'

export type QueueSort = 'drop' | 'look' | 'confidence' | 'name' | 'latex' | 'state' | 'error'

export type ReviewState = {
  /** The item under review; also the active row of the queue. */
  readonly currentId: string | undefined
  /** Every selected row, the current one included. */
  readonly selectedIds: ReadonlySet<string>
  /** Where a range selection with shift starts. */
  readonly anchorId: string | undefined
  readonly filter: string
  readonly sort: QueueSort
  /** Only these images are shown; undefined: all. */
  readonly triage: Triage | undefined
  /** Typed, but not yet confirmed by the main process; null stands for "back to the engine's result". */
  readonly drafts: ReadonlyMap<string, string | null>
  /** Which of the two steps shows when the window is narrow. */
  readonly step: 'queue' | 'review'
  /** Whether the options are open, in the third column or as a sheet. */
  readonly isOptionsOpen: boolean
  /** Whether they show more than the presets. */
  readonly isOptionsUnfolded: boolean
  /** The token in hand, by its place among those that were read in an image. */
  readonly heldToken: { readonly itemId: string; readonly at: number } | undefined
  /** The token under the pointer, likewise. */
  readonly hoveredToken: { readonly itemId: string; readonly at: number } | undefined
  /** Set to ask the editor to take the focus, and to select a stretch; the editor takes it away. */
  readonly caretRequest: { readonly range: SourceRange | undefined } | undefined
  /** Whether doubted tokens are marked: at images that wait for review, and at those that had it. */
  readonly showsDoubts: { readonly open: boolean; readonly accepted: boolean }
}

const START: ReviewState = {
  currentId: undefined,
  selectedIds: new Set(),
  anchorId: undefined,
  filter: '',
  sort: 'drop',
  triage: undefined,
  drafts: new Map(),
  step: 'queue',
  isOptionsOpen: !isSheetWidth(),
  isOptionsUnfolded: false,
  heldToken: undefined,
  hoveredToken: undefined,
  caretRequest: undefined,
  showsDoubts: { open: true, accepted: false },
}

export const useReview = create<ReviewState>(() => START)

/** Asks the editor to take the focus, also when it appears only then, and to select a stretch. */
export function requestCaret(range?: SourceRange): void {
  useReview.setState({ caretRequest: { range }, step: 'review' })
}

export function takeCaretRequest(): void {
  useReview.setState({ caretRequest: undefined })
}

export function focusList(): void {
  document.querySelector<HTMLElement>('[role="listbox"]')?.focus()
}

export function toggleOptions(): void {
  useReview.setState(({ isOptionsOpen }) => ({ isOptionsOpen: !isOptionsOpen }))
}

/** Another batch was opened: nothing of the last one stays but how the window is arranged. */
export function resetReview(): void {
  forgetChanges()
  useReview.setState(({ sort, isOptionsOpen, isOptionsUnfolded, showsDoubts }) => ({
    ...START,
    ...{ sort, isOptionsOpen, isOptionsUnfolded, showsDoubts },
  }))
}

export function selectOnly(id: string | undefined): void {
  useReview.setState({
    currentId: id,
    anchorId: id,
    selectedIds: new Set(id === undefined ? [] : [id]),
    // Asked for another image.
    caretRequest: undefined,
  })
}

/** Ctrl/Cmd+click: in or out of the selection, never leaving nothing selected. */
export function toggleSelected(id: string): void {
  useReview.setState(({ selectedIds, currentId }) => {
    const next = new Set(selectedIds)
    if (!next.delete(id)) next.add(id)
    if (next.size === 0) return {}
    const stays = currentId !== undefined && next.has(currentId)
    return {
      selectedIds: next,
      anchorId: id,
      currentId: next.has(id) ? id : stays ? currentId : [...next][0],
    }
  })
}

/** Shift+click or Shift+arrow: everything from the anchor to here, in the order the queue shows. */
export function selectRange(id: string, visibleIds: readonly string[]): void {
  useReview.setState(({ anchorId, currentId }) => {
    const anchor = anchorId ?? currentId ?? id
    const [from, to] = [visibleIds.indexOf(anchor), visibleIds.indexOf(id)].sort((a, b) => a - b)
    if (from === undefined || to === undefined || from < 0) return {}
    return { selectedIds: new Set(visibleIds.slice(from, to + 1)), currentId: id, anchorId: anchor }
  })
}

export function setDraft(id: string, latex: string | null): void {
  useReview.setState(({ drafts }) => ({ drafts: new Map(drafts).set(id, latex) }))
}

export function dropDraft(id: string): void {
  useReview.setState(({ drafts }) => {
    if (!drafts.has(id)) return {}
    const next = new Map(drafts)
    next.delete(id)
    return { drafts: next }
  })
}
