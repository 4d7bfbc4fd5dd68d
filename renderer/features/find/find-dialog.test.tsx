import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { latexField } from '../../../testing/renderer/latex-field.ts'
import { makeBatch, makeDone } from '../../../testing/renderer/make-item.ts'
import { renderApp, startFresh } from '../../../testing/renderer/render-app.tsx'

startFresh()

const dialog = () => screen.getByRole('dialog', { name: 'Find and replace' })
const field = (name: string) => within(dialog()).getByRole('textbox', { name })

async function open() {
  const items = [makeDone(1, 'a\\in B'), makeDone(2, '\\int x'), makeDone(3, 'c', 0.9, { edit: 'c \\in D' })]
  const app = renderApp({ batches: [makeBatch(items)] })
  const list = await screen.findByRole('listbox', { name: 'Images' })
  list.focus()
  await app.user.keyboard('{Control>}f{/Control}')
  await app.user.type(field('Find'), '\\in')
  await app.user.type(field('Replace by'), '\\notin')
  const edits = () => app.api.batch('b1').items.map(({ edit }) => edit)
  return { ...app, list, edits }
}

it('replaces in the chosen results as one change, which can be undone and done again', async () => {
  const { user, list, edits } = await open()
  await waitFor(() =>
    expect(within(dialog()).getByRole('status').textContent).toBe('Found in 2 results, 2 chosen.'),
  )
  await user.click(within(dialog()).getByRole('button', { name: 'Replace in 2 results' }))
  await waitFor(() => expect(edits()).toEqual(['a\\notin B', undefined, 'c \\notin D']))
  expect(latexField().text()).toBe('a\\notin B')
  expect(await screen.findAllByText('Replaced 2 places in 2 results')).not.toHaveLength(0)
  list.focus()
  await user.keyboard('{Control>}z{/Control}')
  await waitFor(() => expect(edits()).toEqual([undefined, undefined, 'c \\in D']))
  await user.keyboard('{Control>}y{/Control}')
  await waitFor(() => expect(edits()).toEqual(['a\\notin B', undefined, 'c \\notin D']))
})

it('also changes what was typed just now', async () => {
  const { user, edits } = await open()
  latexField().type('a\\in B\\in C')
  await user.clear(field('Replace by'))
  await waitFor(() => expect(within(dialog()).getByRole('status').textContent).toContain('2 chosen'))
  await user.click(within(dialog()).getByRole('button', { name: 'Replace in 2 results' }))
  await waitFor(() => expect(edits()).toEqual(['a B C', undefined, 'c  D']))
  expect(latexField().text()).toBe('a B C')
})

it('says what is wrong with an expression, and does nothing with it', async () => {
  const { user } = await open()
  await user.clear(field('Find'))
  await user.selectOptions(within(dialog()).getByRole('combobox', { name: 'As' }), 'Regular expression')
  await user.type(field('Find'), '(')
  await waitFor(() =>
    expect(within(dialog()).getByRole('status').textContent).toBe(
      'This is no regular expression: Unterminated group.',
    ),
  )
  expect(within(dialog()).getByRole<HTMLButtonElement>('button', { name: 'Replace' }).disabled).toBe(true)
})
