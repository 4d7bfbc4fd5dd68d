import type { EditorState } from '@codemirror/state'
import { useBatches } from '../../stores/batches.ts'

/** More images than one goes back to; the history of those edited longest ago is given up. */
const MOST_KEPT = 300

const states = new Map<string, EditorState>()

/** The images of different batches have the same ids. */
export const keyOfState = (itemId: string) => `${useBatches.getState().head?.id ?? ''} ${itemId}`

/** The text of an image of the open batch as it was last edited, with its history and its caret. */
export const keptState = (itemId: string): EditorState | undefined => states.get(keyOfState(itemId))

/** `key`: of `keyOfState`, while its batch was open. */
export function keepState(key: string, state: EditorState): void {
  states.delete(key)
  states.set(key, state)
  const [oldest] = states.keys()
  if (states.size > MOST_KEPT && oldest !== undefined) states.delete(oldest)
}

export function forgetStates(): void {
  states.clear()
}
