import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { showToast, useToasts } from './toasts.ts'

const messages = () => useToasts.getState().toasts.map(({ message }) => message)

beforeEach(() => {
  useToasts.setState({ toasts: [] })
  vi.useFakeTimers()
})
afterEach(() => {
  useToasts.setState({ toasts: [] })
  vi.useRealTimers()
})

describe('toasts', () => {
  it('put the latest about a thing in the place of what was said of it before', () => {
    showToast({ tone: 'problem', message: 'Something else.' })
    showToast({ tone: 'problem', message: 'The disk is full.', about: 'disk' })
    showToast({ tone: 'info', message: 'All is saved.', about: 'disk' })
    expect(messages()).toEqual(['Something else.', 'All is saved.'])
  })

  it('keep problems until they are closed, and let confirmations go', () => {
    showToast({ tone: 'problem', message: 'A problem.' })
    showToast({ tone: 'info', message: 'Copied.' })
    vi.runAllTimers()
    expect(messages()).toEqual(['A problem.'])
  })
})
