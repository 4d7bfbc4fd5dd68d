import { StateEffect, StateField, type Range } from '@codemirror/state'
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view'
import type { SourceRange } from '../../../shared/latex/place-in-source.ts'

/** A stretch of the text that is marked: read with doubt, in hand, or where typesetting stumbled. */
export type FieldMark = SourceRange & {
  readonly isDoubted?: boolean
  readonly isHeld?: boolean
  /** What is wrong there, in words. */
  readonly mistake?: string
}

/** Replaces all marks. They move with the text until they are replaced again. */
export const setMarks = StateEffect.define<readonly FieldMark[]>()

export const fieldMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { changes, effects, state }) {
    const given = effects.find((effect) => effect.is(setMarks))
    return given ? drawMarks(given.value, state.doc.length) : marks.map(changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

function drawMarks(marks: readonly FieldMark[], length: number): DecorationSet {
  const drawn = marks.flatMap((mark): Range<Decoration>[] => {
    const from = Math.min(mark.from, length)
    const to = Math.min(mark.to, length)
    return from < to ? [decorate(mark).range(from, to)] : []
  })
  return Decoration.set(drawn, true)
}

function decorate({ isDoubted = false, isHeld = false, mistake }: FieldMark): Decoration {
  if (mistake !== undefined)
    return Decoration.mark({ tagName: 'mark', class: 'mistake-place', attributes: { title: mistake } })
  const attributes = { 'data-doubted': String(isDoubted), 'data-held': String(isHeld) }
  return Decoration.mark({ tagName: 'mark', class: 'token-mark', attributes })
}
