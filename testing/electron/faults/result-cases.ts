import { expect } from 'vitest'
import { NOT_LISTED } from '../../../shared/batch-rules.ts'
import { NO_RESULT } from '../../../electron/mathpix/client.ts'
import { STALLED } from '../../../electron/mathpix/poll.ts'
import { unexpected } from '../../../electron/mathpix/read-reply.ts'
import type { Fault } from '../fault-server.ts'
import { replyChanged } from './acts.ts'
import { goesOn, imageFails, unnoticed, type Ending, type FaultCase } from './fault-case.ts'

type ResultAnswer = { keys: string[]; results: Record<string, unknown> }

/** The proper answer to a GET, changed. */
const answerWith = (change: (answer: ResultAnswer, keys: [string, string]) => unknown): Fault =>
  replyChanged((text) => {
    const answer = JSON.parse(text) as ResultAnswer
    const [first = '', second = ''] = answer.keys
    return { body: JSON.stringify(change(answer, [first, second])) }
  })

/** Polls meet these answers in turn, then the server behaves. */
const polls = (
  name: string,
  ends: Ending,
  faults: readonly Fault[],
  check?: FaultCase['check'],
): FaultCase => ({
  name,
  at: 'ask',
  arrange: ({ server }) => {
    for (const fault of faults) server.fail('ask', fault)
  },
  ends,
  sends: 1,
  ...(check ? { check } : {}),
})

const result = (latex: unknown) => ({ latex_styled: latex, latex_confidence: 0.9 })
const notResults = goesOn(unexpected(NO_RESULT))
const NOT_READ = {
  kind: 'mathpix',
  id: 'unknown',
  message: 'The answer for this image could not be read.',
} as const
const unreadable = imageFails(NOT_READ)
/** The answer for the first image is this; the second is read. */
const firstIs = (value: unknown): Fault =>
  answerWith(({ keys, results }, [first]) => ({ keys, results: { ...results, [first]: value } }))
const onlyFirst = answerWith(({ results }, [first]) => ({
  keys: [first],
  results: { [first]: results[first] },
}))
/** As often as it is asked in more than ten minutes. */
const forLong = (fault: Fault): Fault[] => Array.from({ length: 90 }, () => fault)
const foreignKeys = answerWith(() => ({ keys: ['other'], results: { other: result('z') } }))
const latexOfFirst = (latex: string): FaultCase['check'] => {
  return (_, batch) => expect(batch.items[0]?.result?.latex_styled).toBe(latex)
}

/** An object in an object, ten thousand times. */
const NESTED = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`

export const resultCases: readonly FaultCase[] = [
  polls('No `keys`', notResults, [answerWith(({ results }) => ({ results }))]),
  polls('`keys` as text', notResults, [answerWith(({ results }) => ({ keys: 'all', results }))]),
  polls('`results` as a list', notResults, [answerWith(({ keys }) => ({ keys, results: [] }))]),
  polls('`results` null or left out: nothing yet', unnoticed, [
    answerWith(({ keys }) => ({ keys, results: null })),
    answerWith(({ keys }) => ({ keys })),
  ]),
  polls('`keys` empty: nothing yet', unnoticed, [answerWith(() => ({ keys: [], results: {} }))]),
  polls('An image is missing from `keys` once', unnoticed, [onlyFirst]),
  polls('An image is missing from `keys` for some minutes', unnoticed, forLong(onlyFirst).slice(0, 20)),
  polls(
    'An image is missing from `keys` for ten minutes',
    imageFails(NOT_LISTED, undefined, STALLED.reason),
    forLong(onlyFirst),
  ),
  polls(
    'All images are missing for ten minutes: keys of another batch',
    imageFails(NOT_LISTED, 'all', STALLED.reason),
    forLong(foreignKeys),
  ),
  polls('Keys that nobody sent, `__proto__` among them', unnoticed, [
    replyChanged((text) => ({
      body: text
        .replace('"keys":[', '"keys":["extra","__proto__",')
        .replace('"results":{', '"results":{"extra":{"latex_styled":"z"},"__proto__":{"latex_styled":"z"},'),
    })),
  ]),
  polls('A key twice', unnoticed, [
    answerWith(({ keys, results }) => ({ keys: [...keys, ...keys], results })),
  ]),
  polls(
    'A result changes between two polls: the first one counts',
    unnoticed,
    [answerWith(({ keys }, [first]) => ({ keys, results: { [first]: result('first') } }))],
    latexOfFirst('first'),
  ),
  polls(
    'A result is gone at the next poll: it is kept',
    unnoticed,
    [
      answerWith(({ keys }, [first]) => ({ keys, results: { [first]: result('kept') } })),
      answerWith(({ keys }) => ({ keys, results: {} })),
    ],
    latexOfFirst('kept'),
  ),
  polls(
    'A result turns into an error: the result is kept',
    unnoticed,
    [
      answerWith(({ keys }, [first]) => ({ keys, results: { [first]: result('kept') } })),
      firstIs({ error: 'Changed my mind' }),
    ],
    latexOfFirst('kept'),
  ),
  polls('The list of keys grows and shrinks', unnoticed, [
    answerWith(({ keys }) => ({ keys: [...keys, 'more'], results: {} })),
    answerWith(({ keys }) => ({ keys: keys.slice(1), results: {} })),
  ]),
  polls('A result is text', unreadable, [firstIs('x^2')]),
  polls('A result is null, or an object without members: nothing yet', unnoticed, [
    firstIs(null),
    firstIs({}),
    firstIs(null),
    firstIs(null),
  ]),
  polls(
    'A result is null for ten minutes',
    imageFails(NOT_READ, undefined, STALLED.reason),
    forLong(firstIs(null)),
  ),
  polls('A result is a list', unreadable, [firstIs([])]),
  polls(
    'Members of a result have the wrong type: the others count',
    unnoticed,
    [firstIs({ ...result('x'), latex_confidence: 'high', text: null, data: 'no list', position: [] })],
    latexOfFirst('x'),
  ),
  polls('An empty `error` beside a result', unnoticed, [
    firstIs({ ...result('x'), error: '', error_info: null }),
  ]),
  polls(
    'An `error` without an id, for one image',
    imageFails({ kind: 'mathpix', id: 'unknown', message: 'Too blurred' }),
    [firstIs({ ...result('x'), error: 'Too blurred' })],
  ),
  polls('An `error_info` without an id, for one image', unreadable, [
    firstIs({ error_info: { why: 'because' } }),
  ]),
  polls('An `error` that is no text, for one image', unreadable, [firstIs({ error: { code: 7 } })]),
  polls(
    'Thousands of objects inside each other',
    imageFails({ kind: 'mathpix', id: 'image_no_content', message: 'Nothing' }),
    [
      replyChanged((text) => ({
        body: text.replace(
          /\{"latex_styled[^}]*\}/,
          `{"error_info":{"id":"image_no_content","message":"Nothing","more":${NESTED}}}`,
        ),
      })),
    ],
  ),
  {
    name: 'No new results for more than five minutes',
    at: 'ask',
    arrange: ({ server }) =>
      server.fail(
        'ask',
        answerWith(({ keys }) => ({ keys, results: {} })),
        100,
      ),
    ends: { kind: 'goes_on', notice: STALLED.reason },
    sends: 1,
  },
]
