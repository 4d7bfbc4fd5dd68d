import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import type { Submission } from '../../../shared/batch.ts'
import { makeBatch, makeDone, makeItem } from '../../../testing/renderer/make-item.ts'
import { renderApp, startFresh } from '../../../testing/renderer/render-app.tsx'
import { describePause } from './pace-banners.tsx'

startFresh()

const mathpix = { kind: 'mathpix', baseUrl: 'https://api.mathpix.com' } as const

const part = (id: string, patch: Partial<Submission> = {}): Submission => ({
  id,
  engine: mathpix,
  state: 'processing',
  itemIds: [],
  batch_id: 17,
  submittedAt: '2026-01-01T00:00:00.000Z',
  ...patch,
})

const unsent: Partial<Submission> = {
  state: 'submitting',
  waiting: { reason: 'Waiting for its turn to be sent.' },
}

/** One image is done, one is being read, two are not sent yet. */
function running() {
  const items = [
    makeDone(1, 'a', 1, { submissionId: 's1' }),
    makeItem(2, { state: 'pending', submissionId: 's1' }),
    makeItem(3, { state: 'pending', submissionId: 's2' }),
    makeItem(4, { state: 'pending', submissionId: 's2' }),
  ]
  const idsOf = (id: string) => items.filter(({ submissionId }) => submissionId === id).map((item) => item.id)
  return makeBatch(items, {
    engine: mathpix,
    submissions: [part('s1', { itemIds: idsOf('s1') }), part('s2', { ...unsent, itemIds: idsOf('s2') })],
  })
}

/** A run whose next part may leave in an hour. Answers the notice that says so. */
async function renderWaiting(): Promise<HTMLElement> {
  const batch = running()
  const waiting: Submission['waiting'] = {
    reason: 'Waiting for the rate plan of 50 images a minute.',
    until: new Date(Date.now() + 3_600_000).toISOString(),
    cause: 'rate_plan',
  }
  const submissions = batch.submissions.map((one) => (one.id === 's2' ? { ...one, waiting } : one))
  renderApp({ batches: [{ ...batch, submissions }] })
  return screen.findByText(/Waiting for the rate plan of 50 images a minute/)
}

describe('a run', () => {
  it('is paused and resumed; the window says what waits and what still comes in', async () => {
    const { api, user } = renderApp({ batches: [running()] })
    await user.click(await screen.findByRole('button', { name: 'Pause' }))
    expect(api.batch('b1').isPaused).toBe(true)
    const notice = await screen.findByText(/2 images wait and will not be sent/)
    expect(notice.textContent).toContain('the results of 1 image still come in')
    expect(screen.getByText('1 of 4 · paused')).toBeTruthy()
    expect(screen.getByRole('option', { name: /0003.*waiting to be sent/ })).toBeTruthy()
    expect(screen.getByRole('option', { name: /0002.*reading/ })).toBeTruthy()
    await user.click(
      within(screen.getByRole('group', { name: 'Notice' })).getByRole('button', { name: 'Resume' }),
    )
    await waitFor(() => expect(screen.queryByText(/will not be sent/)).toBeNull())
    expect(api.batch('b1').isPaused).toBeUndefined()
  })

  it('that is over cannot be paused, and a pause left behind by it is not shown', async () => {
    renderApp({ batches: [makeBatch([makeDone(1, 'a')], { isPaused: true })] })
    await screen.findByRole('listbox', { name: 'Images' })
    expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull()
    expect(screen.queryByText(/Paused/)).toBeNull()
  })

  it('that keeps to the rate plan says so as a notice with a countdown', async () => {
    const words = await renderWaiting()
    expect(words.textContent).toMatch(/a minute, next in 60 min\.$/)
    expect(words.closest('.banner')?.className).toContain('banner-quiet')
  })

  it('counts down by a clock that setting the computer’s does not move', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] })
    try {
      const words = await renderWaiting()
      vi.setSystemTime(Date.now() - 2 * 3_600_000)
      act(() => void vi.advanceTimersByTime(600_000))
      expect(words.textContent).toMatch(/next in 50 min\.$/)
    } finally {
      vi.useRealTimers()
    }
  })

  it('loses one image to a cancel, by button or key, and goes on', async () => {
    const { api, user } = renderApp({ batches: [running()] })
    await user.click(await screen.findByRole('option', { name: /0003/ }))
    await user.click(screen.getByRole('button', { name: 'Cancel this image' }))
    const [, , third] = api.batch('b1').items
    expect(third?.state).toBe('ready')
    await user.click(screen.getByRole('option', { name: /0002/ }))
    await user.keyboard('x')
    await waitFor(() => expect(api.batch('b1').items[1]?.error?.kind).toBe('canceled'))
    expect(api.batch('b1').items.map(({ state }) => state)).toEqual([
      'completed',
      'error',
      'ready',
      'pending',
    ])
  })

  it('loses a selection to a cancel', async () => {
    const { api, user } = renderApp({ batches: [running()] })
    await user.click(await screen.findByRole('option', { name: /0003/ }))
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}')
    await user.click(screen.getByRole('button', { name: 'Cancel selected' }))
    await waitFor(() =>
      expect(api.batch('b1').items.map(({ state }) => state)).toEqual([
        'completed',
        'pending',
        'ready',
        'ready',
      ]),
    )
  })
})

describe('an image that was read again', () => {
  it('shows the earlier results in its details, the latest first', async () => {
    const item = makeDone(1, 'new', 0.98, {
      submissionId: 's1',
      previousResults: [
        { result: { latex_styled: 'first' } },
        { result: { latex_styled: 'second', latex_confidence: 0.5 }, submissionId: 's1' },
      ],
    })
    const { user } = renderApp({
      batches: [makeBatch([item], { submissions: [part('s1', { state: 'completed' })] })],
    })
    const review = await screen.findByRole('region', { name: 'Review' })
    await user.click(within(review).getByText('Details'))
    const earlier = await screen.findByRole('region', { name: 'Earlier results' })
    const rows = within(earlier).getAllByRole('listitem')
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^Mathpix, .* · confidence 0\.50second$/),
      'An earlier runfirst',
    ])
  })
})

describe('the settings', () => {
  it('hold the images a minute', async () => {
    const { api, user } = renderApp({ batches: [makeBatch([makeItem(1)])] })
    await user.click(await screen.findByRole('button', { name: 'Settings' }))
    const field = screen.getByRole('textbox', { name: 'Images a minute' })
    await user.clear(field)
    expect(field.getAttribute('aria-invalid')).toBe('true')
    await user.type(field, '200')
    await waitFor(() =>
      expect(api.calls.at(-1)).toEqual({ name: 'setSettings', input: { imagesPerMinute: 200 } }),
    )
    await user.selectOptions(screen.getByRole('combobox', { name: 'Rate plan' }), 'As fast as it goes')
    expect(api.calls.at(-1)).toEqual({ name: 'setSettings', input: { imagesPerMinute: null } })
  })
})

it.each([
  [2, 0, '2 images wait and will not be sent.'],
  [1, 3, '1 image waits and will not be sent; the results of 3 images still come in.'],
  [0, 1, 'Nothing is left to send; the results of 1 image still come in.'],
])('%i held and %i on the way read as they are', (held, onTheWay, words) => {
  expect(describePause(held, onTheWay)).toBe(words)
})
