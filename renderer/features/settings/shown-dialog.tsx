import { closeDialog, useDialogs } from '../../stores/dialogs.ts'
import { FindDialog } from '../find/find-dialog.tsx'
import { ConfirmRunDialog } from './confirm-run-dialog.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { RenameDialog } from './rename-dialog.tsx'
import { ServerDialog } from './server-dialog.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import { UrlsDialog } from './urls-dialog.tsx'

/** The open dialog, if any. */
export function Dialogs() {
  const open = useDialogs(({ open }) => open)
  switch (open?.kind) {
    case undefined:
      return null
    case 'settings':
      return <SettingsDialog onClose={closeDialog} />
    case 'urls':
      return <UrlsDialog onClose={closeDialog} />
    case 'find':
      return <FindDialog onClose={closeDialog} />
    case 'help':
      return <HelpDialog onClose={closeDialog} />
    case 'rename':
      return <RenameDialog onClose={closeDialog} />
    case 'confirm_run':
      return <ConfirmRunDialog target={open.target} onClose={closeDialog} />
    case 'export':
      return <ExportDialog onClose={closeDialog} {...(open.itemIds ? { itemIds: open.itemIds } : {})} />
    case 'delete':
      return <DeleteDialog onClose={closeDialog} />
    case 'server':
      return <ServerDialog onClose={closeDialog} />
    case 'keys':
      return <KeysDialog onClose={closeDialog} {...(open.then ? { onSaved: open.then } : {})} />
  }
}
