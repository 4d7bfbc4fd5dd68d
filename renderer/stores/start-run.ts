import { getApi } from '../api.ts'
import { useBatches } from './batches.ts'
import { openDialog, type RunTarget } from './dialogs.ts'
import { runCall } from './run-call.ts'
import { useSettings } from './settings.ts'

/** Runs at once on this computer; at Mathpix only after keys and consent to cost and sending, for a retry as for a first run. */
export function requestRun(target: RunTarget = {}): void {
  const { head } = useBatches.getState()
  if (!head) return
  const { engine = head.engine } = target
  if (engine.kind === 'local') void startRun(target)
  else if (useSettings.getState().credentials.hasCredentials) openDialog({ kind: 'confirm_run', target })
  else openDialog({ kind: 'keys', then: () => requestRun(target) })
}

/** Sends without a question: the caller has asked. */
export async function startRun({ itemIds, engine }: RunTarget): Promise<void> {
  const { head } = useBatches.getState()
  if (!head) return
  const api = getApi()
  const other = engine === undefined ? {} : { engine }
  if (itemIds) await runCall(api.retryItems({ batchId: head.id, itemIds: [...itemIds], ...other }))
  else await runCall(api.submitBatch({ batchId: head.id }))
}

export async function cancelRun(): Promise<void> {
  const { head } = useBatches.getState()
  if (head) await runCall(getApi().cancelBatch({ batchId: head.id }))
}

export async function pauseRun(): Promise<void> {
  const { head } = useBatches.getState()
  if (head) await runCall(getApi().pauseBatch({ batchId: head.id }))
}

export async function resumeRun(): Promise<void> {
  const { head } = useBatches.getState()
  if (head) await runCall(getApi().resumeBatch({ batchId: head.id }))
}
