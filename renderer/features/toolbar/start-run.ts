import { getApi } from '../../api.ts'
import { useBatches } from '../../stores/batches.ts'
import { openDialog } from '../../stores/dialogs.ts'
import { runCall } from '../../stores/run-call.ts'
import { useSettings } from '../../stores/settings.ts'

/** Sends the open batch: at once to this computer; to Mathpix only after keys and consent to cost and sending. */
export function startRun(): void {
  const { head } = useBatches.getState()
  if (!head) return
  if (head.engine.kind === 'local') void submitBatch()
  else if (useSettings.getState().credentials.hasCredentials) openDialog({ kind: 'confirm_run' })
  else openDialog({ kind: 'keys', then: startRun })
}

export async function submitBatch(): Promise<void> {
  const { head } = useBatches.getState()
  if (head) await runCall(getApi().submitBatch({ batchId: head.id }))
}

export async function cancelBatch(): Promise<void> {
  const { head } = useBatches.getState()
  if (head) await runCall(getApi().cancelBatch({ batchId: head.id }))
}
