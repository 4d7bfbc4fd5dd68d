import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { MonthlyUsage } from '../../../shared/money.ts'
import { makeBatch, makeItem } from '../../../testing/renderer/make-item.ts'
import { renderApp, startFresh } from '../../../testing/renderer/render-app.tsx'

startFresh()

const engine = { kind: 'mathpix', baseUrl: 'https://api.mathpix.com' } as const
const credentials = {
  hasCredentials: true,
  storage: 'keychain',
  canStore: true,
  servers: [] as string[],
} as const
const batches = [makeBatch([makeItem(1), makeItem(2), makeItem(3)], { engine })]
const known: MonthlyUsage = {
  state: 'known',
  asOf: '2026-11-24T10:42:00.000Z',
  images: 1234,
  others: [],
}

describe('before a paid run', () => {
  it('tells the price, the way of the files and what was used', async () => {
    const { user } = renderApp({ batches, credentials, sentToday: 7, month: known })
    await user.click(await screen.findByRole('button', { name: 'Convert 3 images' }))
    const dialog = screen.getByRole('dialog', { name: 'Send 3 images to Mathpix?' })
    await within(dialog).findByText(/7 images sent from here, no daily limit/)
    for (const words of [/more than 12 rows.*0\.005 USD/, /3 inside the request/, /improve_mathpix is off/])
      expect(dialog.textContent).toMatch(words)
    await within(dialog).findByText(/1,234 images counted by the server, as of \d/)
  })

  it('says plainly that the counter is not told', async () => {
    const reason = 'The server does not tell these keys what was used.'
    const { user } = renderApp({ batches, credentials, month: { state: 'unknown', reason } })
    await user.click(await screen.findByRole('button', { name: 'Convert 3 images' }))
    expect(await screen.findByText(reason)).toBeTruthy()
  })

  it('offers the part that the daily limit leaves', async () => {
    const settings = { dailyLimit: { unit: 'images', amount: 10 } } as const
    const { api, user } = renderApp({ batches, credentials, settings, sentToday: 8 })
    await user.click(await screen.findByRole('button', { name: 'Convert 3 images' }))
    await screen.findByText(/limit of 10 images leaves 2 of these 3/)
    await user.click(screen.getByRole('button', { name: 'Send the first 2' }))
    const itemIds = [makeItem(1).id, makeItem(2).id]
    await waitFor(() =>
      expect(api.calls).toContainEqual({ name: 'retryItems', input: { batchId: 'b1', itemIds } }),
    )
  })

  it('sends nothing when the day is spent, and leads to the limit', async () => {
    const settings = { dailyLimit: { unit: 'usd', amount: 0.01 } } as const
    const { user } = renderApp({ batches, credentials, settings, sentToday: 5 })
    await user.click(await screen.findByRole('button', { name: 'Convert 3 images' }))
    await screen.findByText(/leaves none of these 3/)
    expect(screen.queryByRole('button', { name: /^Send/ })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Change the limit…' }))
    expect(screen.getByRole('dialog', { name: 'Settings' })).toBeTruthy()
  })
})

describe('the daily limit in the settings', () => {
  it('is set, changed and taken away', async () => {
    const { api, user } = renderApp({ batches, credentials, sentToday: 7, month: known })
    await user.click(await screen.findByRole('button', { name: 'Settings' }))
    const unit = screen.getByRole('combobox', { name: 'Daily limit' })
    await user.selectOptions(unit, 'Images a day')
    const amount = await screen.findByRole('textbox', { name: 'Images' })
    await user.clear(amount)
    await user.type(amount, '25')
    const last = () => api.calls.findLast(({ name }) => name === 'setSettings')?.input
    expect(last()).toEqual({ dailyLimit: { unit: 'images', amount: 25 } })
    await screen.findByText(/7 images sent from here, of 25 allowed/)
    await user.clear(amount)
    expect(last()).toEqual({ dailyLimit: { unit: 'images', amount: 25 } })
    await user.selectOptions(unit, 'No limit')
    expect(last()).toEqual({ dailyLimit: null })
  })
})
