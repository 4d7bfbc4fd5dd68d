import '../../testing/renderer/complete-jsdom.ts'
import { describe, expect, it } from 'vitest'
import { Settings } from '../../shared/settings.ts'
import { chordOf, describeChord, worksEverywhere } from './chord.ts'
import { COMMAND_NAMES, COMMANDS } from './commands.ts'
import { chooseKey, keyOf, keysInForce, refuseKey } from './keys.ts'

const usual = Settings.parse({})
const press = (key: string, ...modifiers: readonly ('ctrl' | 'meta' | 'shift' | 'alt')[]) =>
  chordOf({
    key,
    ctrlKey: modifiers.includes('ctrl'),
    metaKey: modifiers.includes('meta'),
    shiftKey: modifiers.includes('shift'),
    altKey: modifiers.includes('alt'),
  })

describe('the table of commands', () => {
  it('gives each key to one command', () => {
    const taken = COMMAND_NAMES.flatMap((name) => keysInForce(name, usual))
    expect(taken.filter((chord, at) => taken.indexOf(chord) !== at)).toEqual([])
  })

  it('gives no key that it would refuse', () => {
    const refused = COMMAND_NAMES.flatMap((name) => {
      const key = keyOf(name, usual)
      return key === undefined ? [] : [refuseKey(name, key, usual)]
    })
    expect(refused.filter(Boolean)).toEqual([])
  })

  it('says what each one does in words of its own, and has a picture for what stands in a menu', () => {
    const words = COMMAND_NAMES.map((name) => COMMANDS[name].help ?? COMMANDS[name].label)
    expect(new Set(words).size).toBe(COMMAND_NAMES.length)
    expect(COMMAND_NAMES.filter((name) => COMMANDS[name].menu && !COMMANDS[name].icon)).toEqual([])
  })
})

describe('a chord', () => {
  it.each([
    ['j', press('j'), 'J'],
    ['j', press('J', 'shift'), 'J'],
    ['?', press('?', 'shift'), '?'],
    ['Shift+ArrowDown', press('ArrowDown', 'shift'), 'Shift+↓'],
    ['Ctrl+a', press('a', 'meta'), 'Ctrl+A'],
    ['Ctrl+Shift+a', press('A', 'ctrl', 'shift'), 'Ctrl+Shift+A'],
    ['Ctrl++', press('+', 'ctrl'), 'Ctrl++'],
    [' ', press(' '), 'Space'],
    ['+', press('+'), '+'],
    ['F5', press('F5'), 'F5'],
  ])('%j', (chord, pressed, words) => {
    expect(pressed).toBe(chord)
    expect(describeChord(chord)).toBe(words)
  })

  it('is none with Alt and none of a modifier alone', () => {
    expect(press('j', 'alt')).toBeUndefined()
    expect(press('Shift', 'shift')).toBeUndefined()
  })

  it('works in the whole window when nothing there needs it for itself', () => {
    expect(['Ctrl+o', 'F5', 'Shift+F5', 'f', 'Enter', 'Shift+ArrowDown'].filter(worksEverywhere)).toEqual([
      'Ctrl+o',
      'F5',
      'Shift+F5',
    ])
  })
})

describe('keys of one’s own', () => {
  const settings = Settings.parse({ keys: { flag: 'm', edit: '' } })

  it('take the place of those that a command comes with', () => {
    expect(keysInForce('flag', settings)).toEqual(['m'])
    expect(keysInForce('edit', settings)).toEqual([])
    expect(keysInForce('copy', settings)).toEqual(['Ctrl+c', 'c'])
    expect(keysInForce('copy', { ...settings, singleKeyShortcuts: false })).toEqual(['Ctrl+c'])
  })

  it.each([
    ['m', 'M is taken by “Flag”.'],
    ['Enter', 'Enter is taken by “Accept and go to the next”.'],
    ['Ctrl+v', 'Ctrl+V is taken by “Paste images or addresses”.'],
    ['Ctrl+r', 'Ctrl+R belongs to the window itself.'],
    ['Ctrl+c', 'Ctrl+C does this already.'],
    ['f', undefined],
    ['e', undefined],
  ])('may not be another’s: %s', (chord, words) => {
    expect(refuseKey('copy', chord, settings)).toBe(words)
  })

  it('are kept as far as they differ', () => {
    expect(chooseKey('flag', 'm', {})).toEqual({ flag: 'm' })
    expect(chooseKey('flag', undefined, { edit: '' })).toEqual({ edit: '', flag: '' })
    expect(chooseKey('flag', 'f', { flag: 'm' })).toEqual({})
    expect(chooseKey('accept', undefined, { accept: 'a' })).toEqual({})
  })
})
