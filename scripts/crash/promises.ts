import fs from 'node:fs'
import { z } from 'zod'

const Facts = z.record(z.string(), z.unknown())

/** A line of the log that a killed program leaves: what its user wanted, and what was promised to be on disk. */
const Line = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('wanted'), facts: Facts }),
  z.object({ kind: z.literal('promised'), facts: Facts }),
  z.object({ kind: z.literal('retried'), image: z.string() }),
])

export type Promises = {
  /** By name, the values that may be found: the one promised last, and what was wanted after it. */
  readonly allowed: ReadonlyMap<string, readonly unknown[]>
  /** How often the user asked for an image to be sent once more. */
  readonly retried: ReadonlyMap<string, number>
}

export function readPromises(file: string): Promises {
  const allowed = new Map<string, unknown[]>()
  const retried = new Map<string, number>()
  for (const text of fs.readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const line = Line.parse(JSON.parse(text))
    if (line.kind === 'retried') {
      retried.set(line.image, (retried.get(line.image) ?? 0) + 1)
      continue
    }
    for (const [name, value] of Object.entries(line.facts)) {
      if (line.kind === 'promised') allowed.set(name, [value])
      else if (allowed.has(name)) allowed.get(name)?.push(value)
    }
  }
  return { allowed, retried }
}

/** The promises that are not kept, as the names of the facts. Nothing is asked of an item that the user removed, or wanted removed. */
export function brokenPromises({ allowed }: Promises, found: Readonly<Record<string, unknown>>): string[] {
  const broken: string[] = []
  for (const [name, values] of allowed) {
    const item = /^\w+ (\d[\d-]*)$/.exec(name)?.[1]
    const mayBeGone = item !== undefined && allowed.get(`item ${item}`)?.includes(false)
    const value = found[name] ?? (name.startsWith('item ') ? false : undefined)
    if (values.includes(value) || (mayBeGone && found[`item ${item}`] === undefined)) continue
    broken.push(name)
  }
  return broken
}
