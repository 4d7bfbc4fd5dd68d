/** A key with its modifiers, in the browser's words: `j`, `ArrowDown`, `Shift+ArrowDown`, `Ctrl+a` (⌘ counts as Ctrl). */
export type Chord = string

export type KeyPress = {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/**
 * The chord that was pressed. None with Alt, which belongs to the system, and none of modifiers alone. Shift does not count for a sign
 * that is typed (`?` needs it on some keyboards and not on others).
 */
export function chordOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyPress): Chord | undefined {
  if (altKey || ['Control', 'Meta', 'Shift', 'AltGraph', 'CapsLock', 'Dead', 'Process'].includes(key))
    return undefined
  const hasControl = ctrlKey || metaKey
  const isSign = key.length === 1
  const hasShift = shiftKey && (hasControl || !isSign)
  return `${hasControl ? 'Ctrl+' : ''}${hasShift ? 'Shift+' : ''}${isSign ? key.toLowerCase() : key}`
}

export function isSingleKey(chord: Chord): boolean {
  return chord.length === 1
}

/** True for what no list and no text field needs for itself: such a key can work in the whole window. */
export function worksEverywhere(chord: Chord): boolean {
  return chord.startsWith('Ctrl+') || /^(?:Shift\+)?F\d+$/.test(chord)
}

const NAMES: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageDown: 'Page down',
  PageUp: 'Page up',
  ' ': 'Space',
}

/** As it stands on the keys. */
export function describeChord(chord: Chord): string {
  const key = chord.replace(/^(?:Ctrl\+)?(?:Shift\+)?(?=.)/, '')
  const modifiers = chord.slice(0, chord.length - key.length)
  return modifiers + (NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key))
}
