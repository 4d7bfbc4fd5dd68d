import { X } from 'lucide-react'
import { hideToast, useToasts } from '../stores/toasts.ts'
import { Button, IconButton } from './button.tsx'

export function Toasts() {
  const toasts = useToasts(({ toasts }) => toasts)
  return (
    <div className="toasts">
      {toasts.map(({ id, message, action }) => (
        <div key={id} className="toast">
          <span>{message}</span>
          {action ? (
            <Button
              look="link"
              onClick={() => {
                action.run()
                hideToast(id)
              }}
            >
              {action.label}
            </Button>
          ) : null}
          <IconButton label="Close" onClick={() => hideToast(id)}>
            <X className="icon" aria-hidden />
          </IconButton>
        </div>
      ))}
    </div>
  )
}
