import { Plus } from 'lucide-react'
import { CommandItems } from '../../commands/command-button.tsx'
import { MenuButton } from '../../components/menu.tsx'

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
      <CommandItems menu="add" />
    </MenuButton>
  )
}
