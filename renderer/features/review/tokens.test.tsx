import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { OcrResult } from '../../../shared/mathpix.ts'
import { findLatexField, latexField } from '../../../testing/renderer/latex-field.ts'
import { makeBatch, makeDone } from '../../../testing/renderer/make-item.ts'
import { renderApp, startFresh } from '../../../testing/renderer/render-app.tsx'

startFresh()

/** Read in an image of 640 by 160 pixels; the 5 and the y are doubted. */
const result: OcrResult = {
  latex_styled: 'x^{5}+y+5',
  latex_confidence: 0.6,
  image_width: 640,
  image_height: 160,
  token_data: {
    latex: ['x', '5', '+', 'y', '+', '5'],
    confidence: [0.99, 0.549, 0.9, 0.7, 1, 0.3],
    position: [
      [10, 60, 40, 40],
      [60, 20, 30, 40],
      [100, 60, 40, 40],
      [150, 60, 40, 60],
      [200, 60, 40, 40],
      null,
    ],
  },
}
const review = () => screen.getByRole('region', { name: 'Review' })
const boxes = () =>
  within(review())
    .queryAllByRole('img')
    .map((box) => box.getAttribute('aria-label'))
    .filter((name) => name?.includes('sure'))
const marks = () =>
  [...latexField().content.querySelectorAll('.token-mark[data-doubted="true"]')].map(
    (mark) => mark.textContent,
  )
const heldBox = () => review().querySelector<HTMLElement>('.token-box[data-held="true"]')?.style.left
const status = () => within(review()).getByRole('status').textContent
const selection = () => latexField().selected()

async function open(changes: Partial<ReturnType<typeof makeDone>> = {}, answer: OcrResult = result) {
  const app = renderApp({ batches: [makeBatch([makeDone(1, 'x', 0.6, { result: answer, ...changes })])] })
  await waitFor(() => expect(findLatexField()?.text()).toBeTruthy())
  screen.getByRole('listbox', { name: 'Images' }).focus()
  return app
}

it('shows what is doubted: framed in the picture, underlined in the LaTeX, counted in words', async () => {
  await open()
  expect(boxes()).toEqual(['5, 54 % sure'])
  expect(marks()).toEqual(['5', '5'])
  expect(status()).toBe('2 signs in doubt')
})

it('goes from doubt to doubt by a key, round and round, and to the LaTeX from there', async () => {
  const { user } = await open()
  await user.keyboard('d')
  expect(status()).toBe('Doubt 1 of 2: 5, 54 % sure')
  expect(heldBox()).toBe(`${(100 * 60) / 640}%`)
  expect(document.activeElement).toBe(screen.getByRole('listbox', { name: 'Images' }))
  await user.keyboard('d')
  expect(status()).toBe('Doubt 2 of 2: 5, 30 % sure')
  await user.keyboard('de')
  expect(document.activeElement).toBe(latexField().host)
  expect(latexField().selection()).toEqual([3, 4])
  // While one edits the caret goes along, and letters are letters.
  fireEvent.keyDown(latexField().content, { key: 'F8' })
  expect(latexField().selection()).toEqual([8, 9])
  fireEvent.keyDown(latexField().content, { key: 'd' })
  expect(latexField().selection()).toEqual([8, 9])
})

it('finds the sign at the caret in the picture, and the LaTeX of the sign that is clicked', async () => {
  await open()
  const caret = (at: number) => latexField().select(at)
  caret(6)
  expect(heldBox()).toBe(`${(100 * 150) / 640}%`)
  caret(2)
  expect(heldBox()).toBeUndefined()
  const sheet = review().querySelector('.source-sheet')
  if (!sheet) throw new Error('The picture is not shown')
  sheet.getBoundingClientRect = () => new DOMRect(0, 0, 1280, 320)
  const press = (x: number, y: number, by = 0) => {
    sheet.dispatchEvent(
      new MouseEvent('pointerdown', { bubbles: true, clientX: x - by, clientY: y, button: 1 }),
    )
    fireEvent.click(sheet, { clientX: x, clientY: y })
  }
  press(350, 200)
  expect(selection()).toBe('y')
  press(140, 100)
  expect([latexField().selection()[0], selection()]).toEqual([3, '5'])
  // A click beside all signs, and the end of a drag, are no clicks on a sign.
  press(1200, 300)
  press(350, 200, 40)
  expect(selection()).toBe('5')
})

it('forgets what was edited away, keeps the rest, and has it all again with the original', async () => {
  const { user } = await open()
  latexField().type('x^{s}+y+5')
  expect([boxes(), marks(), status()]).toEqual([[], ['5'], '1 sign in doubt'])
  latexField().type('\\frac{{')
  expect([boxes(), marks(), status()]).toEqual([[], [], ''])
  await user.click(screen.getByRole('button', { name: 'Revert to original' }))
  expect(marks()).toEqual(['5', '5'])
})

it('leaves reviewed images alone, and shows or hides the marks when asked to', async () => {
  const { user } = await open({ accepted: true })
  expect([boxes(), marks()]).toEqual([[], []])
  await user.keyboard('v')
  expect(boxes()).toHaveLength(1)
  await user.click(screen.getByRole('button', { name: 'Show doubted signs', pressed: true }))
  expect(boxes()).toEqual([])
})

it('has nothing to say where an engine tells of no tokens, or in another shape', async () => {
  const { user } = await open({}, { latex_styled: 'x', token_data: 'soon' })
  expect([boxes(), marks(), status()]).toEqual([[], [], ''])
  await user.keyboard('d')
  expect(await screen.findAllByText('No sign of this image is in doubt.')).not.toHaveLength(0)
})
