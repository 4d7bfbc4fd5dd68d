import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { countOf } from '../../stores/batch-state.ts'
import { useBatches } from '../../stores/batches.ts'
import { deleteOpenBatch } from '../../stores/connect.ts'

/** A deleted batch cannot be brought back, so this asks first. */
export function DeleteDialog({ onClose }: { readonly onClose: () => void }) {
  const name = useBatches(({ head }) => head?.name) ?? ''
  const count = useBatches(({ order }) => order.length)
  const remove = () => {
    onClose()
    void deleteOpenBatch()
  }
  return (
    <Dialog title={`Delete “${name}”?`} onClose={onClose}>
      <p>
        {countOf(count, 'image')} with results and edits will be gone. The original files stay where they are.
      </p>
      <div className="dialog-actions">
        <Button onClick={onClose}>Keep</Button>
        <Button look="primary" onClick={remove}>
          Delete
        </Button>
      </div>
    </Dialog>
  )
}
