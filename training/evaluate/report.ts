import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const Summary = z.object({
  images: z.number(),
  renderedMatch: z.number(),
  interval: z.tuple([z.number(), z.number()]),
  exactMatch: z.number(),
  tokenEditDistance: z.number(),
  katexParses: z.number(),
  printHandRight: z.number(),
})
export type Summary = z.infer<typeof Summary>

const Outcome = z.object({
  name: z.string(),
  set: z.string(),
  wanted: z.string(),
  got: z.string(),
  isSameRender: z.boolean(),
  confidence: z.number(),
})
export type ReportedOutcome = z.infer<typeof Outcome>

/** What `npm run eval` leaves in `data/eval.json`, as much of it as is published. */
const Report = z.object({
  /** Of the weights that were measured; see {@link hashWeights}. */
  weights: z.string(),
  seed: z.string(),
  heldOut: Summary.optional(),
  photographs: Summary.optional(),
  sets: z.record(z.string(), Summary),
  categories: z.record(z.string(), Summary),
  lines: z.record(z.string(), Summary),
  pages: z
    .object({
      pages: z.number(),
      words: z.number(),
      wordAccuracy: z.number(),
      formulas: z.number(),
      formulaMatch: z.number(),
      sameLines: z.number(),
    })
    .optional(),
  /** The same in each script other than English. */
  scripts: z
    .array(
      z.object({
        script: z.string(),
        pages: z.number(),
        words: z.number(),
        wordAccuracy: z.number(),
        formulas: z.number(),
        formulaMatch: z.number(),
      }),
    )
    .optional(),
  turned: z
    .object({
      images: z.number(),
      leftAlone: z.number(),
      uprightRight: z.number(),
      sides: z.array(
        z.object({ lies: z.number(), images: z.number(), turnedBack: z.number(), right: z.number() }),
      ),
    })
    .optional(),
  negatives: z
    .array(
      z.object({
        kind: z.string(),
        images: z.number(),
        errors: z.number(),
        believed: z.number(),
        highest: z.number(),
      }),
    )
    .optional(),
  latency: z.object({ p50: z.number(), p95: z.number() }),
  outcomes: z.array(Outcome),
})
export type Report = z.infer<typeof Report>

const Latency = z.object({ images: z.number(), p50: z.number(), p95: z.number() })

/** What `npm run bench` leaves in `data/bench.json`. */
const Bench = z.object({
  machine: z.string(),
  coldStart: z.number(),
  single: Latency,
  samples: Latency,
  tesseract: Latency,
  batch: z.object({ images: z.number(), perSecond: z.number() }),
  memory: z.object({ images: z.number(), most: z.number() }),
  modelSize: z.number(),
})
export type Bench = z.infer<typeof Bench>

/** Throws with what to do when there is no report. */
export function readReport(file: string): Report {
  if (!existsSync(file)) throw new Error(`There is no ${file}: run \`npm run eval\` first.`)
  return Report.parse(JSON.parse(readFileSync(file, 'utf8')))
}

export function readBench(file: string): Bench | undefined {
  return existsSync(file) ? Bench.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}

/** Tells one set of weights from another: so that no numbers are published for weights that they were not measured on. */
export function hashWeights(folder: string): string {
  const hash = createHash('sha256')
  const names = readdirSync(folder).filter((name) => name.endsWith('.onnx'))
  for (const name of names.sort()) hash.update(readFileSync(path.join(folder, name)))
  return hash.digest('hex').slice(0, 12)
}
