import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Item } from '../../../shared/batch.ts'
import { makeBatch, makeDone } from '../../../testing/renderer/make-item.ts'
import { renderApp, startFresh } from '../../../testing/renderer/render-app.tsx'

startFresh()

const detailsOf = async (patch: Partial<Item>) => {
  const { user } = renderApp({ batches: [makeBatch([makeDone(1, 'x', 0.99, patch)])] })
  const summary = await screen.findByText(/^Details/)
  await user.click(summary)
  const sent = (await screen.findByText('Sent')).nextElementSibling
  return { summary: summary.textContent, sent: sent?.textContent }
}

describe('the details of an image', () => {
  it.each<[Partial<Item>, string]>([
    [{ sentAs: 'url' }, 'by its address'],
    [{ sentAs: 'hosted' }, 'over the built-in file host'],
    [{ sentAs: 'data_uri' }, 'inside the request'],
    [
      { sentAs: 'data_uri', sentBecause: 'address_closed' },
      'inside the request, because your public address could not be reached',
    ],
    [{ sentAs: 'upload' }, 'as a single upload'],
    [
      { sentAs: 'upload', sentBecause: 'data_uri_refused' },
      'as a single upload, because the server takes no images inside a request',
    ],
    [
      { sentAs: 'upload', sentBecause: 'not_fetched' },
      'as a single upload, because the server could not fetch it from your public address',
    ],
    [
      { sentAs: 'upload', sentBecause: 'too_large' },
      'as a single upload, because it is too large for a request and would not stay readable if made smaller',
    ],
  ])('say how it travelled: %o', async (patch, words) => {
    expect(await detailsOf(patch)).toEqual({ summary: 'Details', sent: words })
  })

  it('say that a smaller copy was sent, folded and unfolded', async () => {
    const sentCopy = { width: 2400, height: 1800, bytes: 1_480_000, mime: 'image/jpeg' } as const
    expect(await detailsOf({ sentAs: 'data_uri', sentCopy })).toEqual({
      summary: 'Details · a smaller copy was sent',
      sent: 'inside the requestA smaller copy, 2400 × 1800 JPEG, 1,480 kB, was sent.',
    })
  })
})
