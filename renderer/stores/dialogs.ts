import { create } from 'zustand'
import type { EngineChoice } from '../../shared/settings.ts'

/** The images to run; without a list all that wait. By the engine of the batch, or by another one for a second opinion. */
export type RunTarget = { readonly itemIds?: readonly string[]; readonly engine?: EngineChoice }

export type OpenDialog =
  | { readonly kind: 'settings' | 'urls' | 'help' | 'rename' | 'delete' | 'server' | 'find' }
  | { readonly kind: 'confirm_run'; readonly target: RunTarget }
  /** The images to export; without a list all. */
  | { readonly kind: 'export'; readonly itemIds?: readonly string[] }
  /** `then` goes on with what needed the keys. */
  | { readonly kind: 'keys'; readonly then?: () => void }

/** At most one dialog is open at a time. */
export const useDialogs = create<{ readonly open: OpenDialog | undefined }>(() => ({ open: undefined }))

export function openDialog(dialog: OpenDialog): void {
  useDialogs.setState({ open: dialog })
}

export function closeDialog(): void {
  useDialogs.setState({ open: undefined })
}
