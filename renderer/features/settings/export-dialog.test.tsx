import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { makeBatch, makeItem } from '../../../testing/renderer/make-item.ts'
import type { FakeApi } from '../../../testing/renderer/fake-api.ts'
import { renderApp, startFresh } from '../../../testing/renderer/render-app.tsx'

startFresh()

const inputsOf = (api: FakeApi, name: string) =>
  api.calls.flatMap((call) => (call.name === name ? [call.input] : []))

const done = (position: number) =>
  makeItem(position, { state: 'completed', result: { latex_styled: 'x', latex_confidence: 1 } })

describe('the export', () => {
  it('saves the whole batch in the format that is chosen, and remembers it', async () => {
    const { api, user } = renderApp({ batches: [makeBatch([done(1), done(2)])] })
    await user.click(await screen.findByRole('button', { name: /^Batch:/ }))
    await user.click(screen.getByRole('menuitem', { name: 'Export…' }))
    const dialog = screen.getByRole('dialog', { name: 'Export 2 images' })
    expect(within(dialog).getByRole<HTMLInputElement>('radio', { name: /^Word document/ }).checked).toBe(true)
    await user.click(within(dialog).getByRole('radio', { name: /^Table \(CSV\)/ }))
    await user.click(within(dialog).getByRole('button', { name: 'Export…' }))
    await waitFor(() => expect(inputsOf(api, 'exportItems')).toEqual([{ batchId: 'b1', format: 'csv' }]))
    expect(inputsOf(api, 'setSettings')).toEqual([{ exportFormat: 'csv' }])
    expect(await screen.findAllByText('Exported 2 images to export')).not.toHaveLength(0)
  })

  it('saves a selection', async () => {
    const items = [done(1), done(2), done(3)]
    const { api, user } = renderApp({ batches: [makeBatch(items)] })
    ;(await screen.findByRole('listbox', { name: 'Images' })).focus()
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}')
    await user.click(screen.getByRole('button', { name: 'Export selected…' }))
    const dialog = screen.getByRole('dialog', { name: 'Export 2 images' })
    await user.click(within(dialog).getByRole('button', { name: 'Export…' }))
    const itemIds = items.slice(0, 2).map(({ id }) => id)
    await waitFor(() =>
      expect(inputsOf(api, 'exportItems')).toEqual([{ batchId: 'b1', itemIds, format: 'docx' }]),
    )
  })
})
