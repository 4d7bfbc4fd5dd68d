import { useState, type SubmitEvent } from 'react'
import { getApi } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { useBatches } from '../../stores/batches.ts'
import { runCall } from '../../stores/run-call.ts'

export function RenameDialog({ onClose }: { readonly onClose: () => void }) {
  const head = useBatches(({ head }) => head)
  const [name, setName] = useState(head?.name ?? '')
  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    onClose()
    if (head && name.trim() !== '')
      await runCall(getApi().renameBatch({ batchId: head.id, name: name.trim() }))
  }
  return (
    <Dialog title="Rename batch" onClose={onClose}>
      <form className="form" onSubmit={(event) => void save(event)}>
        <label className="labelled">
          Name
          <input
            className="field"
            maxLength={200}
            value={name}
            onFocus={(event) => event.target.select()}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={name.trim() === ''}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
