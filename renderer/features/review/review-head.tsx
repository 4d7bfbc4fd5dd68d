import { ArrowLeft, Check } from 'lucide-react'
import type { ComponentProps } from 'react'
import type { Item } from '../../../shared/batch.ts'
import { CommandButton, CommandIcon, useTooltip } from '../../commands/command-button.tsx'
import { COMMANDS, type CommandName } from '../../commands/commands.ts'
import { runCommand } from '../../commands/keys.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { unacceptItem } from '../../stores/item-actions.ts'
import { useReview } from '../../stores/review-actions.ts'
import { CopyMenu } from './copy-menu.tsx'
import { ItemName } from './item-name.tsx'

export function ReviewHead({ item }: { readonly item: Item }) {
  return (
    <div className="review-head">
      <IconButton
        className="review-back"
        label="Back to the queue"
        onClick={() => useReview.setState({ step: 'queue' })}
      >
        <ArrowLeft className="icon" aria-hidden />
      </IconButton>
      <ItemName key={item.key} item={item} />
      <div className="review-group" role="group" aria-label="Move">
        <CommandButton name="previous" />
        <CommandButton name="next" />
        <CommandButton name="next_look" />
      </div>
      <div className="toolbar-gap" />
      <div className="review-group">
        <CommandButton name="flag" items={new Set([item.id])} aria-pressed={item.flagged} />
        {COMMANDS.cancel.isFor?.(item) ? (
          <WordButton look="quiet" name="cancel" item={item} aria-label={COMMANDS.cancel.label}>
            Cancel
          </WordButton>
        ) : (
          <WordButton look="quiet" name="retry" item={item} />
        )}
        <CopyMenu item={item} />
        {item.accepted ? (
          <Button className="button-on" onClick={() => void unacceptItem(item.id)}>
            <Check className="icon" aria-hidden />
            Accepted
          </Button>
        ) : (
          <WordButton name="accept" item={item} />
        )}
      </div>
    </div>
  )
}

type WordButtonProps = ComponentProps<typeof Button> & { readonly name: CommandName; readonly item: Item }

/** A command for one image as icon and word. */
function WordButton({ name, item, children, ...props }: WordButtonProps) {
  const command = COMMANDS[name]
  return (
    <Button
      disabled={command.isFor?.(item) === false}
      title={useTooltip(name)}
      onClick={() => runCommand(name, new Set([item.id]))}
      {...props}
    >
      <CommandIcon name={name} />
      {children ?? command.label}
    </Button>
  )
}
