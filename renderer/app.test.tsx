import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { FakeApi } from '../testing/renderer/fake-api.ts'
import { findLatexField, latexField } from '../testing/renderer/latex-field.ts'
import { makeBatch, makeDone, makeItem } from '../testing/renderer/make-item.ts'
import { renderApp, startFresh } from '../testing/renderer/render-app.tsx'

startFresh()

const inputsOf = (api: FakeApi, name: string) =>
  api.calls.filter((call) => call.name === name).map(({ input }) => input)
const review = () => screen.getByRole('region', { name: 'Review' })
const shown = () => findLatexField()?.text()
const options = () => within(screen.getByRole('listbox', { name: 'Images' })).getAllByRole('option')

const dropFiles = (files: readonly File[]) =>
  fireEvent.drop(document.body, { dataTransfer: { files, getData: () => '', items: [], types: ['Files'] } })

describe('the way of an image', () => {
  it('goes from the drop through the engine to the clipboard', async () => {
    const { api, user } = renderApp({
      read: () => ({ latex_styled: '\\frac{1}{2}', latex_confidence: 0.97 }),
    })
    await screen.findByRole('button', { name: 'Try the samples' })
    const file = new File(['bytes'], 'half.png', { type: 'image/png' })
    dropFiles([file])
    await waitFor(() => expect(options()).toHaveLength(1))
    expect(inputsOf(api, 'addFiles')).toEqual([{ batchId: 'b1', files: [file] }])

    await user.click(screen.getByRole('button', { name: 'Convert 1 image' }))
    await waitFor(() => expect(options()[0]?.getAttribute('aria-label')).toContain('done, confidence 0.97'))
    await waitFor(() => expect(shown()).toBe('\\frac{1}{2}'))
    expect(review().querySelector('.katex .mfrac')).not.toBeNull()

    await user.click(screen.getByRole('button', { name: 'Copy' }))
    await user.click(await screen.findByRole('menuitem', { name: '$…$' }))
    const itemIds = api.batch('b1').items.map(({ id }) => id)
    await waitFor(() =>
      expect(inputsOf(api, 'copyItems')).toEqual([{ batchId: 'b1', itemIds, format: 'dollar' }]),
    )
    expect(await screen.findAllByText('Copied 1 formula as $…$')).not.toHaveLength(0)
    expect(inputsOf(api, 'setSettings')).toEqual([{ copyFormat: 'dollar' }])
  })

  it('copies all in the format of the last time', async () => {
    const items = [makeDone(1, 'a'), makeItem(2), makeDone(3, 'b')]
    const { api, user } = renderApp({ batches: [makeBatch(items)], settings: { copyFormat: 'typst' } })
    await user.click(await screen.findByRole('button', { name: 'Copy all' }))
    const itemIds = items.map(({ id }) => id)
    await waitFor(() =>
      expect(inputsOf(api, 'copyItems')).toEqual([{ batchId: 'b1', itemIds, format: 'typst' }]),
    )
  })

  it('copies the whole answer of one image, and of all as lines of JSON', async () => {
    const done = makeDone(1, 'a')
    const { api, user } = renderApp({ batches: [makeBatch([done])] })
    await user.click(await screen.findByRole('button', { name: 'Copy' }))
    await user.click(screen.getByRole('menuitem', { name: 'Whole result (JSON)' }))
    await user.click(screen.getByRole('button', { name: /^Batch:/ }))
    await user.click(screen.getByRole('menuitem', { name: 'Copy results as JSON lines' }))
    const one = { batchId: 'b1', itemIds: [done.id] }
    await waitFor(() =>
      expect(inputsOf(api, 'copyItems')).toEqual([
        { ...one, format: 'json' },
        { ...one, format: 'jsonl' },
      ]),
    )
  })

  it('shows why an image failed and offers what helps', async () => {
    const failed = makeItem(1, {
      state: 'error',
      error: { kind: 'network', reason: 'timeout', message: 'after 15 s' },
    })
    const { api, user } = renderApp({ batches: [makeBatch([failed])] })
    expect(
      await within(await screen.findByRole('region', { name: 'Review' })).findByText(/took too long/),
    ).toBeTruthy()
    expect(options()[0]?.getAttribute('aria-label')).toContain('failed')
    await user.click(screen.getByRole('button', { name: 'Retry all failed' }))
    expect(inputsOf(api, 'retryItems')).toEqual([{ batchId: 'b1', itemIds: [failed.id] }])
  })
})

describe('the editor', () => {
  it('renders while typing, keeps the edit, and leads back to the result', async () => {
    const item = makeDone(1, 'x^2')
    const { api, user } = renderApp({ batches: [makeBatch([item])] })
    await waitFor(() => expect(shown()).toBe('x^2'))
    latexField().type('\\sqrt{y}')
    expect(review().querySelector('.render-sheet .sqrt')).not.toBeNull()
    await waitFor(() =>
      expect(inputsOf(api, 'editItem')).toEqual([{ batchId: 'b1', itemId: item.id, latex: '\\sqrt{y}' }]),
    )
    expect(api.batch('b1').items[0]?.result).toEqual(item.result)
    await user.click(screen.getByRole('button', { name: 'Compare with original' }))
    expect(screen.getByText('What you changed').nextSibling?.textContent).toBe('x^2\\sqrt{y}')
    await user.click(screen.getByRole('button', { name: 'Revert to original' }))
    await waitFor(() => expect(shown()).toBe('x^2'))
    await waitFor(() => expect(api.batch('b1').items[0]?.edit).toBeUndefined())
  })

  it('says where a mistake is, keeps the last good rendering, and still copies what is typed', async () => {
    const { api, user } = renderApp({ batches: [makeBatch([makeDone(1, 'x^2')])] })
    await waitFor(() => expect(shown()).toBe('x^2'))
    latexField().type('x + \\unknown y')
    const alert = await within(review()).findByRole('alert')
    expect(alert.textContent).toBe('\\unknown is not known.')
    expect(latexField().content.querySelector('.mistake-place')?.textContent).toBe('\\unknown')
    expect(review().querySelector('.render-sheet .katex')).not.toBeNull()
    await user.click(screen.getByRole('button', { name: 'Copy' }))
    await user.click(await screen.findByRole('menuitem', { name: 'LaTeX' }))
    await waitFor(() => expect(inputsOf(api, 'copyItems')).toHaveLength(1))
    expect(api.batch('b1').items[0]?.edit).toBe('x + \\unknown y')
    latexField().type('x + y')
    expect(within(review()).queryByRole('alert')).toBeNull()
  })

  it('keeps an edit when the image is run again', async () => {
    const item = makeDone(1, 'x', 0.5, { edit: 'mine' })
    const { api, user } = renderApp({
      batches: [makeBatch([item])],
      read: () => ({ latex_styled: 'other', latex_confidence: 1 }),
    })
    await waitFor(() => expect(shown()).toBe('mine'))
    await user.click(screen.getByRole('button', { name: 'Retry' }))
    await waitFor(() => expect(api.batch('b1').items[0]?.result?.latex_styled).toBe('other'))
    await waitFor(() => expect(shown()).toBe('mine'))
  })

  it('shows prose with its formulas', async () => {
    const item = makeItem(1, {
      state: 'completed',
      result: { text: 'Let \\(a\\) be <b>bold</b>', confidence: 1 },
    })
    renderApp({ batches: [makeBatch([item])] })
    const prose = await waitFor(() => {
      const found = review().querySelector('.render-sheet .prose')
      expect(found).not.toBeNull()
      return found
    })
    expect(prose?.querySelectorAll('.katex')).toHaveLength(1)
    expect(prose?.textContent).toContain('<b>bold</b>')
  })
})

describe('triage by keyboard', () => {
  const three = () => [makeDone(1, 'a'), makeDone(2, 'b', 0.3), makeDone(3, 'c')]

  it('moves, flags, accepts and opens the editor', async () => {
    const { api, user } = renderApp({ batches: [makeBatch(three())] })
    const list = await screen.findByRole('listbox', { name: 'Images' })
    list.focus()
    await user.keyboard('jf')
    await waitFor(() =>
      expect(api.batch('b1').items.map(({ flagged }) => flagged)).toEqual([false, true, false]),
    )
    await user.keyboard('{Enter}')
    await waitFor(() => expect(api.batch('b1').items[1]?.accepted).toBe(true))
    await waitFor(() => expect(shown()).toBe('c'))
    await user.keyboard('k')
    await waitFor(() => expect(shown()).toBe('b'))
    await user.keyboard('e')
    expect(document.activeElement).toBe(latexField().host)
  })

  it('leaves single letters alone when they are switched off', async () => {
    const { api, user } = renderApp({
      batches: [makeBatch(three())],
      settings: { singleKeyShortcuts: false },
    })
    const list = await screen.findByRole('listbox', { name: 'Images' })
    await waitFor(() => expect(api.calls.some(({ name }) => name === 'getSettings')).toBe(true))
    list.focus()
    await user.keyboard('jf{ArrowDown}')
    await waitFor(() => expect(shown()).toBe('b'))
    expect(inputsOf(api, 'reviewItems')).toEqual([])
  })

  it('removes with a way back', async () => {
    const { api, user } = renderApp({ batches: [makeBatch(three())] })
    ;(await screen.findByRole('listbox', { name: 'Images' })).focus()
    await user.keyboard('{Delete}')
    await waitFor(() => expect(options()).toHaveLength(2))
    await waitFor(() => expect(shown()).toBe('b'))
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(options()).toHaveLength(3))
    expect(api.batch('b1').items[0]?.key).toBe('0001-image-1')
  })

  it('selects a range and acts on all of it', async () => {
    const { api, user } = renderApp({ batches: [makeBatch(three())] })
    ;(await screen.findByRole('listbox', { name: 'Images' })).focus()
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}')
    await user.click(screen.getByRole('button', { name: 'Copy selected' }))
    const itemIds = three()
      .slice(0, 2)
      .map(({ id }) => id)
    await waitFor(() =>
      expect(inputsOf(api, 'copyItems')).toEqual([{ batchId: 'b1', itemIds, format: 'latex' }]),
    )
  })
})

describe('the queue', () => {
  it('filters by text and by state', async () => {
    const { user } = renderApp({
      batches: [makeBatch([makeDone(1, '\\alpha'), makeDone(2, 'b', 0.3), makeItem(3)])],
    })
    const filter = await screen.findByRole('searchbox', { name: 'Filter' })
    await user.type(filter, 'alpha')
    expect(options()).toHaveLength(1)
    await user.clear(filter)
    await user.type(filter, 'needs a look')
    expect(options().map((row) => row.getAttribute('aria-label'))).toEqual([
      '0002-image-2, needs a look: low confidence, confidence 0.30',
    ])
    await user.clear(filter)
    await user.type(filter, 'nothing like this')
    expect(screen.getByText('No image matches the filter.')).toBeTruthy()
  })

  it('counts what is done and what needs a look, the render check included', async () => {
    renderApp({ batches: [makeBatch([makeDone(1, 'a'), makeDone(2, '\\frac{'), makeItem(3)])] })
    expect(await screen.findByText('3 · 2 done')).toBeTruthy()
    const show = screen.getByRole('group', { name: 'Show' })
    const counts = () =>
      within(show)
        .getAllByRole('button')
        .map(({ textContent }) => textContent)
    await waitFor(() => expect(counts()).toEqual(['All 3', 'New 2', 'Look 1']))
    fireEvent.click(within(show).getByRole('button', { name: 'Look 1' }))
    expect(options().map((row) => row.getAttribute('aria-label'))).toEqual([
      '0002-image-2, needs a look: cannot be typeset, confidence 0.98',
    ])
  })
})
