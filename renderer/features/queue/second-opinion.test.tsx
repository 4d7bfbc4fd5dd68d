import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { makeBatch, makeItem } from '../../../testing/renderer/make-item.ts'
import { renderApp, startFresh } from '../../../testing/renderer/render-app.tsx'

startFresh()

const mathpix = { kind: 'mathpix', baseUrl: 'https://api.mathpix.com' } as const
const credentials = {
  hasCredentials: true,
  storage: 'keychain',
  canStore: true,
  servers: [] as string[],
} as const
const read = (id: number, latex_confidence: number, changes = {}) =>
  makeItem(id, { state: 'completed', result: { latex_styled: 'x', latex_confidence }, ...changes })
const items = [
  read(1, 0.3),
  read(2, 0.99),
  read(3, 0.4),
  read(4, 0.3, { edit: 'y' }),
  read(5, 0.3, { accepted: true }),
]

describe('a second opinion', () => {
  it('is asked of Mathpix about what is doubtful alone, at its price and with consent', async () => {
    const { api, user } = renderApp({ batches: [makeBatch(items)], credentials })
    await user.click(await screen.findByRole('button', { name: 'Ask Mathpix about 2' }))
    const dialog = screen.getByRole('dialog', { name: 'Send 2 images to Mathpix?' })
    expect(api.calls.some(({ name }) => name === 'retryItems')).toBe(false)
    await user.click(within(dialog).getByRole('button', { name: 'Send 2 images' }))
    const itemIds = [makeItem(1).id, makeItem(3).id]
    await waitFor(() =>
      expect(api.calls).toContainEqual({
        name: 'retryItems',
        input: { batchId: 'b1', itemIds, engine: mathpix },
      }),
    )
  })

  it('is asked of this computer at once: it costs nothing', async () => {
    const { api, user } = renderApp({ batches: [makeBatch(items, { engine: mathpix })], credentials })
    await user.click(await screen.findByRole('button', { name: 'Ask this computer about 2' }))
    await waitFor(() =>
      expect(api.calls.findLast(({ name }) => name === 'retryItems')?.input).toMatchObject({
        engine: { kind: 'local' },
      }),
    )
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('is offered once: not of those that have one', async () => {
    const asked = read(1, 0.3, { previousResults: [{ result: { latex_styled: 'z' } }] })
    renderApp({ batches: [makeBatch([asked, read(2, 0.99)])], credentials })
    await screen.findByRole('button', { name: 'Copy all' })
    expect(screen.queryByRole('button', { name: /^Ask/ })).toBeNull()
  })
})
