import type { Settings } from '../../shared/settings.ts'
import { useBatches } from '../stores/batches.ts'
import { useDialogs } from '../stores/dialogs.ts'
import { targetIds } from '../stores/item-actions.ts'
import { useSettings } from '../stores/settings.ts'
import { chordOf, describeChord, isSingleKey, worksEverywhere, type Chord, type KeyPress } from './chord.ts'
import { COMMAND_NAMES, COMMANDS, describeCommand, type CommandName } from './commands.ts'

/** The user's key for a command, or the one it comes with. */
export function keyOf(name: CommandName, { keys }: Settings): Chord | undefined {
  const key = keys[name] ?? COMMANDS[name].key
  return key === '' ? undefined : key
}

/** All keys of a command that work now, the fixed ones first. */
export function keysInForce(name: CommandName, settings: Settings): Chord[] {
  const own = keyOf(name, settings)
  const isOff = own === undefined || (isSingleKey(own) && !settings.singleKeyShortcuts)
  return [...(COMMANDS[name].fixedKeys ?? []), ...(isOff ? [] : [own])]
}

/**
 * Runs the command of a key. `window`, `field`: the focus is elsewhere, in a field of text or not, and only keys of the user's own that work
 * everywhere count, and those of commands that do.
 */
export function handleKey(
  event: KeyPress & { preventDefault: () => void },
  place: 'list' | 'editor' | 'window' | 'field',
): void {
  const { settings } = useSettings.getState()
  const chord = chordOf(event)
  const isElsewhere = place === 'window' || place === 'field'
  if (chord === undefined || (isElsewhere && !worksEverywhere(chord))) return
  const listens = (name: CommandName, pressed: Chord) =>
    isElsewhere
      ? keyOf(name, settings) === pressed ||
        (place === 'window' && COMMANDS[name].isEverywhere && COMMANDS[name].fixedKeys?.includes(pressed))
      : (COMMANDS[name].place ?? 'list') === place && keysInForce(name, settings).includes(pressed)
  // Shift counts where a command asks for it, and is passed over elsewhere.
  const name = [chord, chord.replace(/^Shift\+/, '')]
    .map((pressed) => COMMAND_NAMES.find((one) => listens(one, pressed)))
    .find((found) => found !== undefined)
  if (name === undefined || !COMMANDS[name].run) return
  event.preventDefault()
  runCommand(name, targetIds())
}

export function runCommand(name: CommandName, items: ReadonlySet<string>): void {
  const { needsBatch, run } = COMMANDS[name]
  if (!needsBatch || useBatches.getState().head) void run?.(items)
}

const FIELDS = 'input, textarea, select, [contenteditable="true"]'

/** For keys that no part of the window has taken; a dialog has the keyboard to itself. */
export function handleWindowKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || useDialogs.getState().open !== undefined) return
  const isField = event.target instanceof Element && event.target.closest(FIELDS) !== null
  handleKey(event, isField ? 'field' : 'window')
}

/** What the window and its menu have for themselves: moving the focus, editing text, zoom, reload, quit. */
const SYSTEM_KEYS: ReadonlySet<Chord> = new Set(
  'Tab Shift+Tab Escape Backspace F11 ArrowLeft ArrowRight Ctrl+x Ctrl+z Ctrl+Shift+z Ctrl+y Ctrl+q Ctrl+w Ctrl+m Ctrl+h Ctrl+r Ctrl+0 Ctrl++ Ctrl+= Ctrl+-'.split(
    ' ',
  ),
)

/** Why a command cannot have a key, in words; undefined when it can. */
export function refuseKey(name: CommandName, chord: Chord, settings: Settings): string | undefined {
  const words = describeChord(chord)
  if (SYSTEM_KEYS.has(chord)) return `${words} belongs to the window itself.`
  const holder = COMMAND_NAMES.find(
    (one) =>
      COMMANDS[one].fixedKeys?.includes(chord) === true || (one !== name && keyOf(one, settings) === chord),
  )
  if (holder === undefined) return undefined
  if (holder === name) return `${words} does this already.`
  return `${words} is taken by “${describeCommand(holder)}”.`
}

/** The choice of keys once a command has this one; undefined: none. What is the same as without a choice is not kept. */
export function chooseKey(
  name: CommandName,
  chord: Chord | undefined,
  keys: Settings['keys'],
): Settings['keys'] {
  const others = Object.entries(keys).filter(([one]) => one !== name)
  const isDefault = chord === COMMANDS[name].key
  return Object.fromEntries(isDefault ? others : [...others, [name, chord ?? '']])
}
