import { create } from 'zustand'

export type Toast = {
  readonly id: number
  readonly tone: 'info' | 'problem'
  readonly message: string
  /** A toast takes the place of an earlier one about the same thing. */
  readonly about?: 'disk' | undefined
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** Long enough to read and to reach for "Undo"; problems stay until they are closed. */
const TOAST_MS = 6000
const MOST_TOASTS = 3

export const useToasts = create<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }))

let lastId = 0

/** Shows what has no place of its own in the window: confirmations, undo, notices of the main process. */
export function showToast(toast: Omit<Toast, 'id'>): void {
  lastId += 1
  const id = lastId
  useToasts.setState(({ toasts }) => {
    const others = toasts.filter(({ about }) => about === undefined || about !== toast.about)
    return { toasts: [...others, { ...toast, id }].slice(-MOST_TOASTS) }
  })
  if (toast.tone === 'info') setTimeout(() => hideToast(id), TOAST_MS)
}

export function hideToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))
}
