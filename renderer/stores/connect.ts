import type { BatchSummary } from '../../shared/batch.ts'
import { getApi } from '../api.ts'
import { applyChange, closeBatch, showBatch, useBatches } from './batches.ts'
import { settleDrafts } from './edit-latex.ts'
import { holdSelection } from './keep-selection.ts'
import { resetReview } from './review-actions.ts'
import { runCall } from './run-call.ts'
import { useSettings } from './settings.ts'
import { showToast } from './toasts.ts'

/**
 * Joins the stores to the main process: subscribes first and asks for the present state afterwards, so that nothing falls between.
 * Returns the disconnect.
 */
export function connectStores(): () => void {
  const api = getApi()
  const unsubscribers = [
    api.onBatchChanged((change) => {
      applyChange(change)
      settleDrafts(change.items)
    }),
    // A batch made elsewhere (files handed over by a second start) is shown when nothing else is.
    api.onBatchesChanged((summaries) => void openLatest(summaries)),
    api.onSettingsChanged((settings) => useSettings.setState({ settings })),
    api.onEngineStatusChanged((engineStatus) => useSettings.setState({ engineStatus })),
    api.onNotice(showToast),
  ]
  void loadAll()
  return () => unsubscribers.forEach((unsubscribe) => unsubscribe())
}

/** After the page failed twice it opens nothing by itself. */
let opensLatest = true

async function loadAll(): Promise<void> {
  const api = getApi()
  const appInfo = await runCall(api.getAppInfo())
  if (appInfo) {
    useSettings.setState({ appInfo: appInfo.value })
    opensLatest = appInfo.value.opens !== 'nothing'
    if (appInfo.value.opens === 'batch') holdSelection()
  }
  await Promise.all([
    runCall(api.getSettings()).then((got) => got && useSettings.setState({ settings: got.value })),
    runCall(api.getCredentialsStatus()).then(
      (got) => got && useSettings.setState({ credentials: got.value }),
    ),
    runCall(api.getEngineStatus()).then((got) => got && useSettings.setState({ engineStatus: got.value })),
    runCall(api.takeNotices()).then((got) => got?.value.forEach(showToast)),
    runCall(api.getBatches()).then((got) => got && openLatest(got.value)),
  ])
}

async function openLatest(summaries: readonly BatchSummary[]): Promise<void> {
  useBatches.setState({ summaries })
  const latest = [...summaries].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0]
  if (latest && opensLatest && !useBatches.getState().head && !isCreating) await openBatch(latest.id)
}

export async function openBatch(batchId: string): Promise<void> {
  const opened = await runCall(getApi().openBatch({ batchId }))
  if (!opened) return
  resetReview()
  showBatch(opened.value)
}

/** The open batch, or a new one when none is open: the first drop makes its own. */
export async function ensureBatch(): Promise<string | undefined> {
  const open = useBatches.getState().head
  return open ? open.id : createBatch()
}

let isCreating = false

export async function createBatch(): Promise<string | undefined> {
  isCreating = true
  const created = await runCall(getApi().createBatch({}))
  isCreating = false
  if (!created) return undefined
  resetReview()
  showBatch(created.value)
  return created.value.id
}

/** Deletes the open batch and opens the next latest one, if any. */
export async function deleteOpenBatch(): Promise<void> {
  const head = useBatches.getState().head
  if (!head) return
  if (!(await runCall(getApi().deleteBatch({ batchId: head.id })))) return
  resetReview()
  closeBatch()
  const left = await runCall(getApi().getBatches())
  if (left) await openLatest(left.value)
}
