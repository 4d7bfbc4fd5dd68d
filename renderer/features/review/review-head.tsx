import { ArrowLeft, Check, ChevronDown, ChevronUp, Eye, Flag, RotateCcw, X } from 'lucide-react'
import type { Item } from '../../../shared/batch.ts'
import { Button, IconButton } from '../../components/button.tsx'
import {
  acceptAndNext,
  cancelItems,
  goToNextLook,
  moveCurrent,
  retryItems,
  toggleFlags,
  unacceptItem,
} from '../../stores/item-actions.ts'
import { useReview } from '../../stores/review.ts'
import { CopyMenu } from './copy-menu.tsx'
import { ItemName } from './item-name.tsx'

export function ReviewHead({ item }: { readonly item: Item }) {
  const canRunAgain = item.state === 'completed' || item.state === 'error'
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
        <IconButton label="Previous image" shortcut="K" onClick={() => moveCurrent(-1)}>
          <ChevronUp className="icon" aria-hidden />
        </IconButton>
        <IconButton label="Next image" shortcut="J" onClick={() => moveCurrent(1)}>
          <ChevronDown className="icon" aria-hidden />
        </IconButton>
        <IconButton label="Next that needs a look" shortcut="N" onClick={() => void goToNextLook()}>
          <Eye className="icon" aria-hidden />
        </IconButton>
      </div>
      <div className="toolbar-gap" />
      <div className="review-group">
        <IconButton
          label="Flag"
          shortcut="F"
          aria-pressed={item.flagged}
          onClick={() => void toggleFlags(new Set([item.id]))}
        >
          <Flag className="icon" aria-hidden />
        </IconButton>
        {item.state === 'pending' ? (
          <Button
            look="quiet"
            title="Do not read this image; the others go on (X)"
            aria-label="Cancel this image"
            onClick={() => void cancelItems([item.id])}
          >
            <X className="icon" aria-hidden />
            Cancel
          </Button>
        ) : (
          <Button
            look="quiet"
            disabled={!canRunAgain}
            title="Read this image again; your edit stays (R)"
            onClick={() => retryItems([item.id])}
          >
            <RotateCcw className="icon" aria-hidden />
            Retry
          </Button>
        )}
        <CopyMenu item={item} />
        {item.accepted ? (
          <Button className="button-on" onClick={() => void unacceptItem(item.id)}>
            <Check className="icon" aria-hidden />
            Accepted
          </Button>
        ) : (
          <Button
            disabled={item.state !== 'completed'}
            title="Accept and go to the next (Enter)"
            onClick={() => void acceptAndNext()}
          >
            <Check className="icon" aria-hidden />
            Accept
          </Button>
        )}
      </div>
    </div>
  )
}
