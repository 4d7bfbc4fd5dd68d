import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
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
const forwardTo = 'http://127.0.0.1:43210'
const openSettings = async (setup: Parameters<typeof renderApp>[0]) => {
  const app = renderApp({ batches, credentials, ...setup })
  await app.user.click(await screen.findByRole('button', { name: 'Settings' }))
  return { ...app, field: screen.getByRole('textbox', { name: 'Public address of the built-in file host' }) }
}

describe('the public address in the settings', () => {
  it('says where it has to lead to before there is one', async () => {
    await openSettings({})
    expect(
      await screen.findByText(/has to lead to http:\/\/127\.0\.0\.1:43210 on this computer/),
    ).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Check again' })).toBeNull()
  })

  it('is kept and checked when the field is left, and says that it works', async () => {
    const { api, user, field } = await openSettings({})
    await user.type(field, ' https://tunnel.example ')
    await user.tab()
    expect(await screen.findByText('Works: files can be fetched there.')).toBeTruthy()
    expect(api.calls.filter(({ name }) => name === 'setSettings').map(({ input }) => input)).toEqual([
      { publicBaseUrl: 'https://tunnel.example' },
    ])
    expect(api.calls.findLast(({ name }) => name === 'checkPublicAddress')?.input).toEqual({
      address: 'https://tunnel.example',
    })
  })

  it('says what is wrong when the dialog opens, and looks again when asked to', async () => {
    let isOpen = false
    const { user } = await openSettings({
      settings: { publicBaseUrl: 'https://tunnel.example' },
      addressReport: () =>
        isOpen
          ? { state: 'open', message: '', forwardTo }
          : { state: 'closed', message: 'Nothing answers there. The tunnel may not be running.', forwardTo },
    })
    const words = await screen.findByText(/Cannot be used now\. Nothing answers there/)
    expect(words.closest('[role=status]')).toBeTruthy()
    isOpen = true
    await user.click(screen.getByRole('button', { name: 'Check again' }))
    expect(await screen.findByText('Works: files can be fetched there.')).toBeTruthy()
    expect(screen.queryByText(/Cannot be used/)).toBeNull()
  })

  it('tells an address that only the own network reaches from one that Mathpix reaches', async () => {
    await openSettings({
      settings: { publicBaseUrl: 'http://192.168.1.2' },
      addressReport: () => ({ state: 'private', message: '', forwardTo }),
    })
    expect(await screen.findByText(/A server of your own can fetch there, Mathpix cannot/)).toBeTruthy()
  })

  it('keeps nothing that is no web address', async () => {
    const { api, user, field } = await openSettings({})
    await user.type(field, 'my tunnel')
    await user.tab()
    expect(screen.getByText('Has to begin with https://')).toBeTruthy()
    expect(api.calls.some(({ name }) => name === 'setSettings')).toBe(false)
  })
})

describe('before a paid run', () => {
  it('says which images go as smaller copies, and why the public address is not used', async () => {
    const { user } = renderApp({
      batches,
      credentials,
      estimate: {
        sentAs: { url: 0, hosted: 0, data_uri: 2, upload: 1 },
        smaller: 1,
        addressProblem: 'It answers, but does not reach this app (HTTP 502).',
      },
    })
    await user.click(await screen.findByRole('button', { name: 'Convert 3 images' }))
    const dialog = screen.getByRole('dialog', { name: 'Send 3 images to Mathpix?' })
    await within(dialog).findByText(
      '2 inside the request, 1 of them as a smaller copy; 1 uploaded one by one',
    )
    expect(dialog.textContent).toMatch(/public address is not used\. It answers, but does not reach this app/)
  })
})
