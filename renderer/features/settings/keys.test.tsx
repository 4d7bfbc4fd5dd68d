import '../../../testing/renderer/complete-jsdom.ts'
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { COMMAND_NAMES } from '../../commands/commands.ts'
import { makeBatch, makeDone } from '../../../testing/renderer/make-item.ts'
import { renderApp, startFresh } from '../../../testing/renderer/render-app.tsx'

startFresh()

async function openKeys(settings = {}) {
  const { api, user } = renderApp({ batches: [makeBatch([makeDone(1, 'a'), makeDone(2, 'b')])], settings })
  const list = await screen.findByRole('listbox', { name: 'Images' })
  await user.click(screen.getByRole('button', { name: 'Settings' }))
  await user.click(await screen.findByRole('button', { name: 'Keyboard…' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Keyboard' }))
  return { api, user, list, dialog }
}

describe('the list of keys', () => {
  it('names every command', async () => {
    const { dialog } = await openKeys()
    expect(dialog.getAllByRole('listitem')).toHaveLength(COMMAND_NAMES.length)
  })

  it('takes another key, which then works and is named where the command stands', async () => {
    const { api, user, list, dialog } = await openKeys()
    await user.click(dialog.getByRole('button', { name: 'Key for Flag: F' }))
    await user.keyboard('m')
    await dialog.findByRole('button', { name: 'Key for Flag: M' })
    await user.click(dialog.getByRole('button', { name: 'Close' }))
    expect(screen.getByRole('button', { name: 'Flag' }).title).toBe('Flag (M)')
    list.focus()
    await user.keyboard('fm')
    await waitFor(() => expect(api.batch('b1').items[0]?.flagged).toBe(true))
    expect(api.calls.filter(({ name }) => name === 'reviewItems')).toHaveLength(1)
  })

  it('refuses what another command has, in words, and leaves all as it was on Escape', async () => {
    const { api, user, dialog } = await openKeys()
    await user.click(dialog.getByRole('button', { name: 'Key for Flag: F' }))
    await user.keyboard('j')
    expect(dialog.getByRole('status').textContent).toBe('J is taken by “Next image”.')
    await user.keyboard('{Escape}')
    expect(dialog.getByRole('button', { name: 'Key for Flag: F' })).toBeTruthy()
    expect(api.calls.some(({ name }) => name === 'setSettings')).toBe(false)
  })

  it('takes a key away and gives all of them back', async () => {
    const { api, user, dialog } = await openKeys({ keys: { edit: 'i' } })
    await user.click(await dialog.findByRole('button', { name: 'Key for Flag: F' }))
    await user.keyboard('{Backspace}')
    await dialog.findByRole('button', { name: 'Key for Flag: none' })
    expect(api.calls.at(-1)?.input).toEqual({ keys: { edit: 'i', flag: '' } })
    await user.click(dialog.getByRole('button', { name: 'Reset the key of Flag' }))
    await dialog.findByRole('button', { name: 'Key for Flag: F' })
    await user.click(dialog.getByRole('button', { name: 'Reset all keys' }))
    await dialog.findByRole('button', { name: 'Key for Edit the LaTeX: E' })
  })

  it('gives a key to what has none; with Ctrl it works wherever the focus is', async () => {
    const { user, dialog } = await openKeys()
    await user.click(dialog.getByRole('button', { name: 'Key for Add addresses (URLs): none' }))
    await user.keyboard('{Control>}u{/Control}')
    await dialog.findByRole('button', { name: 'Key for Add addresses (URLs): Ctrl+U' })
    await user.keyboard('{Control>}u{/Control}')
    expect(screen.getByRole('dialog', { name: 'Keyboard' })).toBeTruthy()
    await user.click(dialog.getByRole('button', { name: 'Close' }))
    screen.getByRole('searchbox', { name: 'Filter' }).focus()
    await user.keyboard('{Control>}u{/Control}')
    expect(await screen.findByRole('dialog', { name: /Add/ })).toBeTruthy()
  })
})
