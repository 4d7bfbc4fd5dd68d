import type { ComponentProps } from 'react'
import { IconButton } from '../components/button.tsx'
import { MenuItem } from '../components/menu.tsx'
import { useBatches } from '../stores/batches.ts'
import { targetIds } from '../stores/item-actions.ts'
import { useSettings } from '../stores/settings.ts'
import { describeChord } from './chord.ts'
import { COMMAND_NAMES, COMMANDS, describeCommand, type Command, type CommandName } from './commands.ts'
import { keysInForce, runCommand } from './keys.ts'

/** Words for a tooltip, with the key that works now: the user's, else the fixed one. */
export function useTooltip(name: CommandName, words = describeCommand(name)): string {
  const key = useSettings(({ settings }) => keysInForce(name, settings).at(-1))
  return key === undefined ? words : `${words} (${describeChord(key)})`
}

type CommandButtonProps = Omit<ComponentProps<typeof IconButton>, 'label' | 'children' | 'name'> & {
  readonly name: CommandName
  readonly label?: string
  /** The images it is for; absent: those that its key is for. */
  readonly items?: ReadonlySet<string>
}

/** The icon of a command; its tooltip names the key. */
export function CommandButton({ name, label, items, ...props }: CommandButtonProps) {
  const words = label ?? COMMANDS[name].label
  return (
    <IconButton
      label={words}
      title={useTooltip(name, words)}
      onClick={() => runCommand(name, items ?? targetIds())}
      {...props}
    >
      <CommandIcon name={name} />
    </IconButton>
  )
}

export function CommandIcon({ name }: { readonly name: CommandName }) {
  const { icon: Icon } = COMMANDS[name]
  return Icon ? <Icon className="icon" aria-hidden /> : null
}

export const commandsOf = (menu: NonNullable<Command['menu']>): CommandName[] =>
  COMMAND_NAMES.filter((name) => COMMANDS[name].menu === menu)

/** The commands of a menu, in the order of the table. */
export function CommandItems({ menu }: { readonly menu: 'batch' | 'add' }) {
  const hasBatch = useBatches(({ head }) => head !== undefined)
  return commandsOf(menu).map((name) => (
    <MenuItem
      key={name}
      icon={<CommandIcon name={name} />}
      disabled={COMMANDS[name].needsBatch === true && !hasBatch}
      onSelect={() => runCommand(name, targetIds())}
    >
      {COMMANDS[name].label}
    </MenuItem>
  ))
}
