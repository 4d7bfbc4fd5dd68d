import { create } from 'zustand'
import { showToast } from './toasts.ts'

/** A change that was made and can be taken back. */
export type Change = {
  /** What was done: `Flagged 3 images`. */
  readonly label: string
  readonly undo: () => Promise<unknown>
  readonly redo: () => Promise<unknown>
}

/** More than one goes back. */
const MOST_CHANGES = 200

type UndoState = { readonly past: readonly Change[]; readonly future: readonly Change[] }

/** What was done to the open batch, latest last. The main process makes each change; this only remembers how it is taken back. */
export const useUndo = create<UndoState>(() => ({ past: [], future: [] }))

/** Remembers a change; `isTold`: it is said in a message with an undo in it. */
export function rememberChange(change: Change, isTold = false): void {
  useUndo.setState(({ past }) => ({ past: [...past, change].slice(-MOST_CHANGES), future: [] }))
  if (!isTold) return
  const run = () => {
    if (useUndo.getState().past.at(-1) === change) void undoChange()
    else void change.undo()
  }
  showToast({ tone: 'info', message: change.label, action: { label: 'Undo', run } })
}

export async function undoChange(): Promise<void> {
  const change = useUndo.getState().past.at(-1)
  if (!change) {
    showToast({ tone: 'info', message: 'There is nothing to undo.' })
    return
  }
  useUndo.setState(({ past, future }) => ({ past: past.slice(0, -1), future: [...future, change] }))
  showToast({ tone: 'info', message: `Undone: ${change.label}` })
  await change.undo()
}

export async function redoChange(): Promise<void> {
  const change = useUndo.getState().future.at(-1)
  if (!change) {
    showToast({ tone: 'info', message: 'There is nothing to redo.' })
    return
  }
  useUndo.setState(({ past, future }) => ({ past: [...past, change], future: future.slice(0, -1) }))
  showToast({ tone: 'info', message: `Done again: ${change.label}` })
  await change.redo()
}

/** Another batch was opened: what was done to the last one stays done. */
export function forgetChanges(): void {
  useUndo.setState({ past: [], future: [] })
}
