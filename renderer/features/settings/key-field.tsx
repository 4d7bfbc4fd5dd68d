import { useId, useState, type KeyboardEvent } from 'react'
import { chordOf, describeChord, type Chord } from '../../commands/chord.ts'

type KeyFieldProps = {
  /** What the key does. */
  readonly words: string
  readonly chord: Chord | undefined
  readonly isRecording: boolean
  readonly onRecord: (isOn: boolean) => void
  /** Why a key cannot be had, in words. */
  readonly refuse: (chord: Chord) => string | undefined
  readonly onChange: (chord: Chord | undefined) => void
}

/** A key as a button: pressed, it takes the next key. Escape leaves it as it was, Backspace takes it away. */
export function KeyField({ words, chord, isRecording, onRecord, refuse, onChange }: KeyFieldProps) {
  const [problem, setProblem] = useState<string>()
  const messageId = useId()
  const record = (isOn: boolean) => {
    setProblem(undefined)
    onRecord(isOn)
  }
  const keyDown = (event: KeyboardEvent) => {
    if (!isRecording) return
    // Tab goes on to the next button, which ends it.
    if (event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    const pressed = chordOf(event)
    if (pressed === undefined) return
    if (pressed !== 'Escape') {
      const wanted = pressed === 'Backspace' ? undefined : pressed
      const reason = wanted === undefined || wanted === chord ? undefined : refuse(wanted)
      if (reason !== undefined) {
        setProblem(reason)
        return
      }
      if (wanted !== chord) onChange(wanted)
    }
    record(false)
  }
  const shown = chord === undefined ? 'none' : describeChord(chord)
  return (
    <>
      <button
        type="button"
        className={`key-button ${isRecording ? 'key-recording' : ''} ${chord === undefined ? 'key-none' : ''}`}
        aria-label={isRecording ? `New key for ${words}` : `Key for ${words}: ${shown}`}
        aria-describedby={messageId}
        title="Choose another key"
        onClick={() => record(!isRecording)}
        onBlur={() => isRecording && record(false)}
        onKeyDown={keyDown}
      >
        {isRecording ? 'Press a key' : chord === undefined ? 'Add' : shown}
      </button>
      {isRecording ? (
        <p id={messageId} className={`key-message ${problem ? 'note-failed' : 'meta'}`} role="status">
          {problem ?? 'Escape keeps it as it is, Backspace takes it away.'}
        </p>
      ) : null}
    </>
  )
}
