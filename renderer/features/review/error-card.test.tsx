import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { FakeApi } from '../../../testing/renderer/fake-api.ts'
import { makeBatch, makeDone, makeItem } from '../../../testing/renderer/make-item.ts'
import { renderApp, startFresh } from '../../../testing/renderer/render-app.tsx'

startFresh()

const failed = makeItem(1, {
  state: 'error',
  error: { kind: 'mathpix', id: 'image_not_supported', message: 'Not math' },
  result: { error: 'Not math', error_info: { id: 'image_not_supported' } },
})
const inputsOf = (api: FakeApi, name: string) =>
  api.calls.filter((call) => call.name === name).map(({ input }) => input)

async function open() {
  const app = renderApp({ batches: [makeBatch([failed, makeDone(2, 'x')])] })
  const review = await screen.findByRole('region', { name: 'Review' })
  await within(review).findByText('This image is neither math nor text')
  return { ...app, review }
}

it('says what to do as buttons, with nothing empty beside it and one fold', async () => {
  const { api, user, review } = await open()
  expect(within(review).queryByRole('group', { name: 'Formula' })).toBeNull()
  expect(within(review).queryByText('LaTeX')).toBeNull()
  await user.click(within(review).getByText('Details'))
  expect(within(review).getByText('image_not_supported:')).toBeTruthy()
  await user.click(within(review).getByRole('button', { name: 'Read as text' }))
  await waitFor(() => expect(inputsOf(api, 'retryItems')).toHaveLength(1))
  expect(api.batch('b1').items[0]?.overrides).toMatchObject({ ocr_behavior: 'text' })
})

it('has the formula marked on the image, and reads that part', async () => {
  const { api, user, review } = await open()
  await user.click(within(review).getByRole('button', { name: 'Mark the formula…' }))
  await user.keyboard('{Escape}')
  expect(review.querySelector('.region-drawing')).toBeNull()
  await user.click(within(review).getByRole('button', { name: 'Mark the formula…' }))
  const sheet = review.querySelector('.region-drawing')
  if (!sheet) throw new Error('Nothing can be marked')
  sheet.getBoundingClientRect = () => new DOMRect(0, 0, 1280, 320)
  const drag = (type: string, clientX: number, clientY: number) =>
    fireEvent(sheet, new MouseEvent(type, { bubbles: true, clientX, clientY }))
  drag('pointerdown', 200, 40)
  drag('pointermove', 100, 240)
  drag('pointerup', 100, 240)
  await waitFor(() => expect(inputsOf(api, 'retryItems')).toHaveLength(1))
  const { width = 0, height = 0 } = failed.image ?? {}
  expect(api.batch('b1').items[0]?.overrides.region).toEqual({
    top_left_x: Math.round((100 / 1280) * width),
    top_left_y: Math.round((40 / 320) * height),
    width: Math.round((100 / 1280) * width),
    height: Math.round((200 / 320) * height),
  })
})

it('selects all images wherever the focus is, but not from a field of text', async () => {
  const { user } = await open()
  const images = screen.getByRole('listbox', { name: 'Images' })
  const selected = () => images.querySelectorAll('[aria-selected="true"]').length
  screen.getByRole('searchbox', { name: 'Filter' }).focus()
  expect(fireEvent.keyDown(document.activeElement ?? document.body, { key: 'a', ctrlKey: true })).toBe(true)
  expect(selected()).toBe(1)
  screen.getByRole('button', { name: 'Settings' }).focus()
  await user.keyboard('{Control>}a{/Control}')
  expect(selected()).toBe(2)
})
