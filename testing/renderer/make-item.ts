import type { Batch, Item } from '../../shared/batch.ts'
import { makeItemId, makeKey } from '../../shared/item-keys.ts'
import { DEFAULT_OPTIONS } from '../../shared/parameters.ts'

/** An item at a position counted from 1, ready unless the patch says otherwise. */
export function makeItem(position: number, patch: Partial<Item> = {}): Item {
  const source = patch.source ?? { kind: 'file', name: `image-${position}.png` }
  return {
    id: makeItemId(position),
    key: makeKey(position, source.name),
    source,
    state: 'ready',
    image: {
      width: 640,
      height: 160,
      bytes: 24_000,
      mime: 'image/png',
      hash: `hash-${position}`,
      revision: 0,
    },
    overrides: {},
    flagged: false,
    accepted: false,
    ...patch,
  }
}

/** A finished item with its LaTeX and confidence. */
export function makeDone(
  position: number,
  latex: string,
  confidence = 0.98,
  patch: Partial<Item> = {},
): Item {
  return makeItem(position, {
    state: 'completed',
    result: { latex_styled: latex, text: `\\( ${latex} \\)`, latex_confidence: confidence },
    ...patch,
  })
}

export function makeBatch(items: readonly Item[], patch: Partial<Batch> = {}): Batch {
  return {
    id: 'b1',
    name: 'Chapter 3 exercises',
    createdAt: '2026-01-01T00:00:00.000Z',
    engine: { kind: 'local' },
    options: DEFAULT_OPTIONS,
    submissions: [],
    items: [...items],
    ...patch,
  }
}
