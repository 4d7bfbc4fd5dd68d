import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { makeBatch, makeDone } from '../../../testing/renderer/make-item.ts'
import { renderApp, startFresh } from '../../../testing/renderer/render-app.tsx'

startFresh()

const result = {
  latex_styled: 'x^{5}',
  latex_confidence: 0.6,
  candidates: [
    { latex_styled: 'x^{5}', latex_confidence: 0.6 },
    { latex_styled: 'x^{s}', latex_confidence: 0.3 },
  ],
}
const previousResults = [{ result: { latex_styled: 'x_{5}', latex_confidence: 0.9 } }]
const readings = () => within(screen.getByRole('list', { name: 'Readings' })).getAllByRole('button')
const chosen = () => readings().findIndex((one) => one.getAttribute('aria-pressed') === 'true') + 1

async function open(changes: Partial<ReturnType<typeof makeDone>>) {
  const app = renderApp({ batches: [makeBatch([makeDone(1, 'x', 0.6, changes)])] })
  ;(await screen.findByRole('listbox', { name: 'Images' })).focus()
  return app
}

it('shows other candidates and what earlier runs read, and takes one by its number, with a way back', async () => {
  const { api, user } = await open({ result, previousResults })
  await waitFor(() => expect(readings()).toHaveLength(3))
  expect(readings().map((one) => one.querySelector('.meta.number:not(kbd)')?.textContent)).toEqual([
    '0.60',
    '0.30',
    'earlier 0.90',
  ])
  expect(chosen()).toBe(1)
  await user.keyboard('2')
  expect(chosen()).toBe(2)
  await waitFor(() => expect(api.batch('b1').items[0]?.edit).toBe('x^{s}'))
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  expect(chosen()).toBe(1)
  await waitFor(() => expect(api.batch('b1').items[0]?.edit).toBeUndefined())
  await user.click(readings()[2] ?? document.body)
  expect(chosen()).toBe(3)
  await user.keyboard('9')
  expect(chosen()).toBe(3)
})

it('says who read what, and shows in which signs the two differ', async () => {
  const submission = { state: 'completed' as const, itemIds: [], submittedAt: '2026-11-28T00:00:00Z' }
  const mathpix = { kind: 'mathpix', baseUrl: 'https://api.mathpix.com' } as const
  const submissions = [
    { ...submission, id: 's1', engine: { kind: 'local' } as const },
    { ...submission, id: 's2', engine: mathpix },
  ]
  const previous = [{ result: { latex_styled: 'x^{s}', latex_confidence: 0.4 }, submissionId: 's1' }]
  const second = { latex_styled: 'x^{5}', latex_confidence: 0.98 }
  const item = makeDone(1, 'x', 0.6, { result: second, answeredBy: 's2', previousResults: previous })
  renderApp({ batches: [{ ...makeBatch([item]), submissions }] })
  await waitFor(() => expect(readings()).toHaveLength(2))
  expect(readings().map((one) => one.querySelector('.meta.number:not(kbd)')?.textContent)).toEqual([
    'Mathpix 0.98',
    'this computer 0.40',
  ])
  expect(readings()[1]?.querySelector('del')?.textContent).toBe('5')
  expect(readings()[1]?.querySelector('ins')?.textContent).toBe('s')
})

it('offers no choice where there is one reading, or candidates in a shape of their own', async () => {
  await open({ result: { ...result, candidates: 'two' } })
  await screen.findByRole('group', { name: 'Formula' })
  expect(screen.queryByRole('list', { name: 'Readings' })).toBeNull()
})
