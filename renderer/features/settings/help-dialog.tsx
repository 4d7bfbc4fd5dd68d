import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'

const KEYS: readonly (readonly [keys: string, action: string])[] = [
  ['↓ or J, ↑ or K', 'Next, previous image'],
  ['Enter', 'Accept and go to the next'],
  ['N', 'Next that needs a look'],
  ['E', 'Edit the LaTeX; Escape leads back'],
  ['F', 'Flag'],
  ['R', 'Read again'],
  ['X', 'Cancel while it is being read'],
  ['C', 'Copy'],
  ['Delete', 'Remove, with undo'],
  ['Shift+↓, Shift+↑, Ctrl+A', 'Select several'],
  ['Ctrl+Enter', 'Accept while editing'],
  ['Ctrl+V', 'Paste images or addresses'],
  ['?', 'This list'],
]

export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl className="facts">
        {KEYS.map(([keys, action]) => (
          <div key={keys} className="facts-row">
            <dt>{keys}</dt>
            <dd>{action}</dd>
          </div>
        ))}
      </dl>
      <p className="meta">
        Single letters work while the list of images has the focus. They can be switched off in the settings.
      </p>
      <div className="dialog-actions">
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
      </div>
    </Dialog>
  )
}
