import { FolderPlus, Images, Link, Plus, Sparkles } from 'lucide-react'
import { MenuButton, MenuItem } from '../../components/menu.tsx'
import { openDialog } from '../../stores/dialogs.ts'
import { addPicked, addSamples } from '../drop/add-images.ts'

export function AddMenu() {
  return (
    <MenuButton
      name="Add"
      label={
        <>
          <Plus className="icon" aria-hidden />
          <span className="label-wide">Add</span>
        </>
      }
    >
      <MenuItem icon={<Images className="icon" aria-hidden />} onSelect={() => void addPicked('files')}>
        Files…
      </MenuItem>
      <MenuItem icon={<FolderPlus className="icon" aria-hidden />} onSelect={() => void addPicked('folder')}>
        Folder…
      </MenuItem>
      <MenuItem icon={<Link className="icon" aria-hidden />} onSelect={() => openDialog({ kind: 'urls' })}>
        Addresses (URLs)…
      </MenuItem>
      <MenuItem icon={<Sparkles className="icon" aria-hidden />} onSelect={() => void addSamples()}>
        Sample images
      </MenuItem>
    </MenuButton>
  )
}
