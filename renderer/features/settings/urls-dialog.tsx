import { useState, type SubmitEvent } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { countOf } from '../../stores/batch-state.ts'
import { addBrought } from '../drop/add-images.ts'
import { readLines } from '../drop/read-transfer.ts'

export function UrlsDialog({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('')
  const brought = readLines(text)
  const count = brought.urls.length + brought.files.length
  const add = (event: SubmitEvent) => {
    event.preventDefault()
    onClose()
    void addBrought(brought)
  }
  return (
    <Dialog title="Add images by address" onClose={onClose}>
      <form className="form" onSubmit={add}>
        <label className="labelled">
          Addresses, one a line
          <textarea
            className="field"
            rows={8}
            spellCheck={false}
            placeholder="https://example.org/formula.png"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        {brought.ignoredLines > 0 ? (
          <p className="note-look">{countOf(brought.ignoredLines, 'line')} without an address</p>
        ) : null}
        <div className="dialog-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={count === 0}>
            {count === 0 ? 'Add images' : `Add ${countOf(count, 'image')}`}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
