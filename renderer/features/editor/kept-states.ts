import type { EditorState } from '@codemirror/state'

/** More images than one goes back to; the history of those edited longest ago is given up. */
const MOST_KEPT = 300

const states = new Map<string, EditorState>()

/** The text of an image as it was last edited, with its history and its caret. */
export const keptState = (itemId: string): EditorState | undefined => states.get(itemId)

export function keepState(itemId: string, state: EditorState): void {
  states.delete(itemId)
  states.set(itemId, state)
  const [oldest] = states.keys()
  if (states.size > MOST_KEPT && oldest !== undefined) states.delete(oldest)
}
