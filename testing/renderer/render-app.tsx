import './complete-jsdom.ts'
import { cleanup, configure, render } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach } from 'vitest'
import { App } from '../../renderer/app.tsx'
// Loaded later by the page: tests do not wait for it.
import '../../renderer/features/editor/code-field.tsx'
import { forgetStates } from '../../renderer/features/editor/kept-states.ts'
import { provideApi } from '../../renderer/api.ts'
import { closeBatch, useBatches } from '../../renderer/stores/batches.ts'
import { closeDialog } from '../../renderer/stores/dialogs.ts'
import { useRenderability } from '../../renderer/stores/renderability.ts'
import { resetReview, useReview } from '../../renderer/stores/review-actions.ts'
import { useToasts } from '../../renderer/stores/toasts.ts'
import { createFakeApi } from './fake-api.ts'
import type { FakeSetup } from './fake-handlers.ts'

// A wait ends as soon as what it waits for is there; a busy machine takes longer.
configure({ asyncUtilTimeout: 10_000 })

/** Call once in a test file: every test starts with empty stores and leaves no page behind. */
export function startFresh(): void {
  beforeEach(() => {
    closeBatch()
    closeDialog()
    forgetStates()
    useBatches.setState({ summaries: [] })
    resetReview()
    useReview.setState({ sort: 'drop', isOptionsOpen: true })
    useToasts.setState({ toasts: [] })
    useRenderability.setState({ byLatex: new Map() })
  })
  afterEach(cleanup)
}

/** The whole page over a fake main process. */
export function renderApp(setup: FakeSetup = {}) {
  const api = createFakeApi(setup)
  provideApi(api)
  render(<App />)
  return { api, user: userEvent.setup() }
}
