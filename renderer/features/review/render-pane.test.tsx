import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { makeBatch, makeDone } from '../../../testing/renderer/make-item.ts'
import { renderApp, startFresh } from '../../../testing/renderer/render-app.tsx'

startFresh()

it('shows the source of what the typesetter gives up, and says so', async () => {
  const latex = `x${'\u0301'.repeat(4500)}`
  renderApp({ batches: [makeBatch([makeDone(1, latex)])] })
  const words = await screen.findByText(/the source is shown/)
  expect(words.closest('[role="alert"]')).not.toBeNull()
  expect(document.querySelector('.math-display.math-source')?.textContent).toBe(latex)
})
