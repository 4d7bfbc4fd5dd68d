import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Submission } from '../../../shared/batch.ts'
import { MATHPIX_EU } from '../../../shared/settings.ts'
import { makeBatch, makeDone, makeItem } from '../../../testing/renderer/make-item.ts'
import { renderApp, startFresh } from '../../../testing/renderer/render-app.tsx'
import { describeDuration, describeProgress } from './run-progress.tsx'

startFresh()

const mathpix = { kind: 'mathpix', baseUrl: 'https://api.mathpix.com' } as const

const submission = (patch: Partial<Submission>): Submission => ({
  id: 's1',
  engine: mathpix,
  state: 'processing',
  itemIds: [makeItem(1).id],
  submittedAt: '2026-01-01T00:00:00.000Z',
  ...patch,
})

describe('a run at Mathpix', () => {
  it('asks for keys first, then for consent, and only then sends', async () => {
    const { api, user } = renderApp({ batches: [makeBatch([makeItem(1), makeItem(2)], { engine: mathpix })] })
    await user.click(await screen.findByRole('button', { name: 'Convert 2 images' }))
    expect(screen.getByRole('dialog', { name: 'Mathpix keys' })).toBeTruthy()
    await user.type(screen.getByRole('textbox', { name: 'app_id' }), 'my-id')
    await user.type(screen.getByRole('textbox', { name: 'app_key' }), 'my-key')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    const dialog = await screen.findByRole('dialog', { name: 'Send 2 images to Mathpix?' })
    expect(dialog.textContent).toContain('less than 0.01 USD')
    expect(dialog.textContent).toContain('improve_mathpix is off')
    expect(api.calls.some(({ name }) => name === 'submitBatch')).toBe(false)
    await user.click(screen.getByRole('button', { name: 'Send 2 images' }))
    await waitFor(() => expect(api.calls.some(({ name }) => name === 'submitBatch')).toBe(true))
  })

  it('asks for consent before a retry too', async () => {
    const failed = makeItem(1, {
      state: 'error',
      error: { kind: 'mathpix', id: 'sys_exception', message: '' },
    })
    const { api, user } = renderApp({
      batches: [makeBatch([failed, makeItem(2)], { engine: mathpix })],
      credentials: { hasCredentials: true, storage: 'keychain', canStore: true, servers: [] },
    })
    await user.click(await screen.findByRole('button', { name: 'Retry all failed' }))
    await user.click(screen.getByRole('button', { name: 'Send 1 image' }))
    const input = { batchId: 'b1', itemIds: [failed.id] }
    await waitFor(() => expect(api.calls).toContainEqual({ name: 'retryItems', input }))
  })

  it('puts nothing of the stored keys on the page', async () => {
    const { user } = renderApp({
      batches: [makeBatch([makeItem(1)], { engine: mathpix })],
      credentials: { hasCredentials: true, storage: 'session', canStore: false, servers: [] },
    })
    await user.click(await screen.findByRole('button', { name: 'Mathpix keys' }))
    expect(screen.getByText(/this run only/)).toBeTruthy()
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'app_key' }).value).toBe('')
  })
})

describe('the engine switch', () => {
  it('holds for the open batch and for the next one', async () => {
    const { api, user } = renderApp({ batches: [makeBatch([makeItem(1)])] })
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Engine' }), 'Mathpix (EU)')
    const engine = { kind: 'mathpix', baseUrl: MATHPIX_EU }
    await waitFor(() => expect(api.batch('b1').engine).toEqual(engine))
    expect(api.calls).toContainEqual({ name: 'setSettings', input: { engine } })
  })

  it('takes a server of one’s own', async () => {
    const { api, user } = renderApp({ batches: [makeBatch([makeItem(1)])] })
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Engine' }), 'Own server…')
    const field = screen.getByRole('textbox', { name: 'Address' })
    await user.clear(field)
    await user.type(field, 'http://127.0.0.1:9/')
    await user.click(screen.getByRole('button', { name: 'Use this server' }))
    await waitFor(() =>
      expect(api.batch('b1').engine).toEqual({ kind: 'mathpix', baseUrl: 'http://127.0.0.1:9' }),
    )
  })

  it('takes none to which keys would travel in the open, and says why', async () => {
    const { user } = renderApp({ batches: [makeBatch([makeItem(1)])] })
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Engine' }), 'Own server…')
    const field = screen.getByRole('textbox', { name: 'Address' })
    await user.clear(field)
    await user.type(field, 'http://ocr.example')
    expect(screen.getByRole('alert').textContent).toMatch(/has to begin with https/)
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Use this server' }).disabled).toBe(true)
  })
})

describe('banners', () => {
  it('leave the choice after a lost reply to the user', async () => {
    const unclear = makeBatch([makeItem(1, { state: 'pending' })], {
      submissions: [submission({ state: 'unclear' })],
    })
    const { api, user } = renderApp({ batches: [unclear] })
    await user.click(await screen.findByRole('button', { name: 'Do not send again' }))
    expect(api.calls).toContainEqual({
      name: 'resolveUnclear',
      input: { batchId: 'b1', submissionId: 's1', choice: 'give_up' },
    })
    await waitFor(() => expect(screen.queryByText(/connection broke/)).toBeNull())
  })

  it('say why a batch waits', async () => {
    renderApp({
      batches: [
        makeBatch([makeItem(1, { state: 'pending' })], {
          submissions: [submission({ waiting: { reason: 'No connection.' } })],
        }),
      ],
    })
    expect(await screen.findByText(/No connection\./)).toBeTruthy()
  })

  it('lead from refused keys to the keys', async () => {
    const refused = submission({
      state: 'failed',
      error: { kind: 'mathpix', id: 'http_unauthorized', message: 'Invalid credentials' },
    })
    const { user } = renderApp({ batches: [makeBatch([makeItem(1)], { submissions: [refused] })] })
    await user.click(await screen.findByRole('button', { name: 'Enter keys…' }))
    expect(screen.getByRole('dialog', { name: 'Mathpix keys' })).toBeTruthy()
  })

  it('say that the engine on this computer is down', async () => {
    const { api } = renderApp({ batches: [makeBatch([makeItem(1)])] })
    await screen.findByRole('listbox', { name: 'Images' })
    api.send('onEngineStatusChanged', { state: 'restarting' })
    expect(await screen.findByText(/being started again/)).toBeTruthy()
  })
})

describe('progress', () => {
  it('counts, offers to cancel, and announces the end', async () => {
    const items = [
      makeDone(1, 'a', 1, { submissionId: 's1' }),
      makeItem(2, { state: 'pending', submissionId: 's1' }),
    ]
    const running = submission({ engine: { kind: 'local' }, itemIds: items.map(({ id }) => id) })
    const { api, user } = renderApp({ batches: [makeBatch(items, { submissions: [running] })] })
    expect((await screen.findByRole('progressbar')).getAttribute('aria-valuenow')).toBe('1')
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(api.batch('b1').submissions[0]?.state).toBe('canceled'))
    await waitFor(() => expect(screen.getByText('1 image done, 1 failed').role).toBe('status'))
  })

  it.each([
    [{ done: 31, total: 42, remainingSeconds: 8 }, '31 of 42 · about 8 s'],
    [{ done: 0, total: 42 }, '0 of 42'],
  ])('describes %j', (progress, words) => {
    expect(describeProgress({ failed: 0, pending: 0, isPaused: false, ...progress })).toBe(words)
  })

  it.each([
    [8, '8 s'],
    [89, '89 s'],
    [120, '2 min'],
    [7200, '2 h'],
  ])('writes %i seconds as %s', (seconds, words) => {
    expect(describeDuration(seconds)).toBe(words)
  })
})
