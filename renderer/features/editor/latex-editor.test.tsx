import { currentCompletions, startCompletion } from '@codemirror/autocomplete'
import { redo, undo } from '@codemirror/commands'
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { findLatexField, latexField } from '../../../testing/renderer/latex-field.ts'
import { makeBatch, makeDone, makeItem } from '../../../testing/renderer/make-item.ts'
import { renderApp, startFresh } from '../../../testing/renderer/render-app.tsx'

startFresh()

async function open(latex: string) {
  const app = renderApp({ batches: [makeBatch([makeDone(1, latex), makeDone(2, 'second')])] })
  await waitFor(() => expect(findLatexField()?.text()).toBe(latex))
  const list = screen.getByRole('listbox', { name: 'Images' })
  const go = async (key: string) => {
    list.focus()
    await app.user.keyboard(key)
  }
  const edit = () => app.api.batch('b1').items[0]?.edit
  return { ...app, go, edit }
}

it('keeps the history of each image while others are looked at, and takes in what buttons change', async () => {
  const { user, go, edit } = await open('first')
  latexField().type('one')
  await user.click(screen.getByRole('button', { name: 'Revert to original' }))
  expect(latexField().text()).toBe('first')
  await go('j')
  expect(latexField().text()).toBe('second')
  act(() => void undo(latexField().view))
  expect(latexField().text()).toBe('second')
  await go('k')
  act(() => void undo(latexField().view))
  expect(latexField().text()).toBe('one')
  await waitFor(() => expect(edit()).toBe('one'))
  act(() => void undo(latexField().view))
  expect(latexField().text()).toBe('first')
  await waitFor(() => expect(edit()).toBeUndefined())
  act(() => void redo(latexField().view))
  await waitFor(() => expect(edit()).toBe('one'))
})

it('keeps the histories of different batches apart, whose images have the same ids', async () => {
  const other = { ...makeBatch([makeDone(1, 'other')]), id: 'b2', name: 'Another' }
  const { api, user } = renderApp({ batches: [{ ...makeBatch([makeDone(1, 'first')]), name: 'One' }, other] })
  await waitFor(() => expect(findLatexField()?.text()).toBe('other'))
  latexField().type('edited')
  await user.click(screen.getByRole('button', { name: 'Batch: Another' }))
  await user.click(await screen.findByRole('menuitem', { name: /^One/ }))
  await waitFor(() => expect(findLatexField()?.text()).toBe('first'))
  act(() => void undo(latexField().view))
  expect(latexField().text()).toBe('first')
  expect(api.batch('b1').items[0]?.edit).toBeUndefined()
})

it('begins its history with the result, not with the empty field that waited for it', async () => {
  const { api } = renderApp({ batches: [makeBatch([makeItem(7, { state: 'pending' })])] })
  await waitFor(() => expect(findLatexField()?.text()).toBe(''))
  act(() => api.change('b1', (batch) => ({ ...batch, items: [makeDone(7, 'x^2')] })))
  await waitFor(() => expect(latexField().text()).toBe('x^2'))
  act(() => void undo(latexField().view))
  expect(latexField().text()).toBe('x^2')
})

it('tidies by a button, and back by undo', async () => {
  const { user } = await open('( \\frac12 )')
  await user.click(screen.getByRole('button', { name: 'Tidy' }))
  expect(latexField().text()).toBe('\\left(\\frac{1}{2}\\right)')
  act(() => void undo(latexField().view))
  expect(latexField().text()).toBe('( \\frac12 )')
})

const paste = (text: string) =>
  fireEvent.paste(latexField().content, { clipboardData: { getData: () => text, files: [], types: [] } })

it('takes off what a document puts around a pasted formula, but not in prose', async () => {
  await open('x=')
  latexField().select(2)
  paste('\\begin{equation}\n  y^2\n\\end{equation}')
  expect(latexField().text()).toBe('x=y^2')
  latexField().type('Let $a$ be ')
  latexField().select(11)
  paste('$b$')
  expect(latexField().text()).toBe('Let $a$ be $b$')
})

it('offers what can be typeset: the usual first, and environments with their end', async () => {
  await open('x')
  const offered = async (text: string) => {
    latexField().type(text)
    latexField().select(text.length)
    act(() => void startCompletion(latexField().view))
    await waitFor(() => expect(currentCompletions(latexField().view.state)).not.toEqual([]))
    return currentCompletions(latexField().view.state).map(({ label }) => label)
  }
  expect((await offered('\\sq'))[0]).toBe('\\sqrt')
  expect(await offered('\\begin{pm')).toEqual(['pmatrix', 'pmatrix*'])
})

it('goes on editing with the next image after accepting one', async () => {
  const { go, api } = await open('first')
  await go('e')
  fireEvent.keyDown(latexField().content, { key: 'Enter', ctrlKey: true })
  await waitFor(() => expect(latexField().text()).toBe('second'))
  await waitFor(() => expect(document.activeElement).toBe(latexField().host))
  expect(api.batch('b1').items[0]?.accepted).toBe(true)
})
