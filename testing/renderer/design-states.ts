import type { Item } from '../../shared/batch.ts'
import type { FakeApi } from './fake-api.ts'
import type { FakeSetup } from './fake-handlers.ts'
import { makeBatch, makeDone, makeItem } from './make-item.ts'

type DesignState = FakeSetup & { readonly play?: (api: FakeApi, startedAt: number) => void }

const picture = (width: number, height: number): NonNullable<Item['image']> => ({
  width,
  height,
  bytes: 84_000,
  mime: 'image/png',
  hash: 'x',
  revision: 0,
})

const FORMULAS = [
  'h(x)=\\frac{x^{2}-2x-15}{x+3}',
  '\\int \\frac{4x}{\\sqrt{x^{2}+1}}\\,dx',
  '\\lim_{x \\rightarrow 3}\\left(\\frac{x^{2}+9}{x-3}\\right)',
  'x^{2}+y^{2}=9',
  '\\sum_{n=1}^{\\infty} \\frac{1}{n^{2}}=\\frac{\\pi^{2}}{6}',
  '\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}\\begin{pmatrix} x \\\\ y \\end{pmatrix}=\\begin{pmatrix} 1 \\\\ 0 \\end{pmatrix}',
  'x=\\frac{-b \\pm \\sqrt{b^{2}-4ac}}{2a}',
  '12+5x-8=12x-10',
] as const

const formula = (index: number) => FORMULAS[index % FORMULAS.length] ?? 'x'

/** What the drawn picture of an item says. */
export function formulaOf(item: Item): string {
  return (
    item.result?.latex_styled?.replace(/\\(frac|left|right|rightarrow|begin|end)\b/g, ' ') ?? item.source.name
  )
}

const SAMPLES = ['01-circle.png', '02-equation.jpg', '03-rational.png']

const failedItem = (position: number, name: string, error: NonNullable<Item['error']>): Item => {
  const item = makeItem(position, { source: { kind: 'file', name }, state: 'error', error })
  delete item.image
  return item
}

const mixed: readonly Item[] = [
  makeDone(1, formula(0), 0.98, { source: { kind: 'file', name: 'fraction.png' }, accepted: true }),
  makeDone(2, formula(1), 0.61, { source: { kind: 'file', name: 'integral.png' }, flagged: true }),
  makeDone(3, formula(2), 0.95, { edit: '\\lim_{x \\to 3}\\left(\\frac{x^{2}-9}{x-3}\\right)' }),
  makeDone(4, '\\frac{x+1}{', 0.97, {}),
  makeDone(5, formula(5), 0.88, { image: picture(420, 620) }),
  makeItem(6, {
    state: 'completed',
    overrides: { ocr_behavior: 'text', formats: ['text'] },
    result: {
      text: 'Let \\( a \\) and \\( b \\) be positive. Show that\n\\[ \\frac{a+b}{2} \\geq \\sqrt{ab} \\]\nwith equality only for \\( a=b \\).',
      confidence: 0.93,
    },
  }),
  failedItem(7, 'notes-from-the-very-long-lecture-on-analysis-second-term-page-17.heic', {
    kind: 'image',
    reason: 'unsupported',
    message: 'HEIC is not a supported image type',
  }),
  failedItem(8, 'missing.png', {
    kind: 'mathpix',
    id: 'image_download_error',
    message: 'Error downloading image',
  }),
  makeItem(9, { state: 'pending' }),
  makeItem(10, { state: 'preparing' }),
  makeItem(11, {}),
]

const submission = {
  id: 's1',
  engine: { kind: 'local' },
  state: 'processing',
  itemIds: mixed.map(({ id }) => id),
  batch_id: 17,
  submittedAt: new Date(Date.now() - 4000).toISOString(),
} as const

const MANY = 3000

export const DESIGN_STATES: Readonly<Record<string, DesignState>> = {
  empty: { sampleNames: SAMPLES },
  three: { batches: [makeBatch([makeItem(1), makeItem(2), makeItem(3)])] },
  mixed: {
    batches: [makeBatch(mixed), makeBatch([], { id: 'b0', name: 'Homework', createdAt: '2025-01-01' })],
  },
  running: {
    batches: [makeBatch(mixed, { submissions: [{ ...submission, itemIds: [...submission.itemIds] }] })],
  },
  paused: {
    batches: [
      makeBatch(
        mixed.map((item) => ({
          ...item,
          submissionId: 's1',
          ...(item.id === mixed[1]?.id
            ? {
                previousResults: [
                  { result: { latex_styled: formula(6), latex_confidence: 0.93 }, submissionId: 's1' },
                  { result: { latex_styled: formula(3), latex_confidence: 0.71 } },
                ],
              }
            : {}),
        })),
        { submissions: [{ ...submission, itemIds: [...submission.itemIds] }], isPaused: true },
      ),
    ],
  },
  pace: {
    batches: [
      makeBatch(mixed, {
        engine: { kind: 'mathpix', baseUrl: 'https://api.mathpix.com' },
        submissions: [
          {
            ...submission,
            itemIds: [...submission.itemIds],
            state: 'submitting',
            waiting: {
              reason: 'Waiting for the rate plan of 50 images a minute.',
              until: new Date(Date.now() + 12_500).toISOString(),
              cause: 'rate_plan',
            },
          },
        ],
      }),
    ],
    credentials: { hasCredentials: true, storage: 'keychain', canStore: true, servers: [] },
  },
  mathpix: {
    batches: [
      makeBatch([makeItem(1), makeItem(2), ...mixed.slice(2)], {
        engine: { kind: 'mathpix', baseUrl: 'https://api.mathpix.com' },
        submissions: [
          { ...submission, itemIds: [...submission.itemIds], state: 'unclear' },
          {
            ...submission,
            id: 's2',
            itemIds: [],
            waiting: { reason: 'Mathpix asks to slow down.', until: new Date().toISOString() },
          },
          {
            ...submission,
            id: 's3',
            itemIds: [],
            state: 'failed',
            error: { kind: 'mathpix', id: 'http_unauthorized', message: 'Invalid credentials' },
          },
        ],
      }),
    ],
    credentials: { hasCredentials: true, storage: 'keychain', canStore: true, servers: [] },
  },
  many: {
    batches: [
      makeBatch(
        Array.from({ length: MANY }, (_, index) =>
          makeDone(index + 1, formula(index), 0.7 + (index % 30) / 100),
        ),
      ),
    ],
  },
  /** 3,000 results arrive in steps; the title says how long the longest step kept the page busy. */
  arriving: {
    batches: [
      makeBatch(Array.from({ length: MANY }, (_, index) => makeItem(index + 1, { state: 'pending' }))),
    ],
    play: (api) => {
      let next = 0
      let longest = 0
      const step = () => {
        const started = performance.now()
        api.change('b1', (batch) => ({
          ...batch,
          items: batch.items.map((item, index) =>
            index >= next && index < next + 100 ? makeDone(index + 1, `${formula(index)}+${index}`) : item,
          ),
        }))
        longest = Math.max(longest, performance.now() - started)
        next += 100
        if (next < MANY) setTimeout(step, 50)
        else document.title = `longest step ${Math.round(longest)} ms`
      }
      step()
    },
  },
}
