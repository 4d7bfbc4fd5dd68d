import { DOCUMENT_FORMATS, type DocumentFormat } from '../../shared/output-formats.ts'
import { getApi } from '../api.ts'
import { countOf } from './batch-state.ts'
import { useBatches } from './batches.ts'
import { saveDraft } from './edit-latex.ts'
import { explainLeftovers } from './explain-leftovers.ts'
import { runCall } from './run-call.ts'
import { useSettings } from './settings.ts'
import { showToast } from './toasts.ts'

/** Saves images of the open batch, or all of it, and says what it did. The format is remembered. */
export async function exportItems(format: DocumentFormat, itemIds?: readonly string[]): Promise<void> {
  const { head, order } = useBatches.getState()
  if (!head) return
  await Promise.all((itemIds ?? order).map((id) => saveDraft(id)))
  const { settings } = useSettings.getState()
  if (format !== settings.exportFormat) {
    useSettings.setState({ settings: { ...settings, exportFormat: format } })
    await runCall(getApi().setSettings({ exportFormat: format }))
  }
  const call = getApi().exportItems({
    batchId: head.id,
    ...(itemIds ? { itemIds: [...itemIds] } : {}),
    format,
  })
  const saved = (await runCall(call))?.value
  if (saved?.images === 0) showToast({ tone: 'info', message: 'There are no results to export yet.' })
  if (saved?.name === undefined) return
  showToast({ tone: 'info', message: `Exported ${countOf(saved.images, 'image')} to ${saved.name}` })
  if (saved.problems.length > 0)
    showToast({ tone: 'problem', message: explainLeftovers(saved.problems, DOCUMENT_FORMATS[format].name) })
}
