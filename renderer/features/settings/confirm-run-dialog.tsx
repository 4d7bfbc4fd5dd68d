import { countItems, countOf } from '../../stores/batch-state.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { useBatches } from '../../stores/batches.ts'
import { startRun, type RunTarget } from '../../stores/start-run.ts'

/** USD for one image, up to the first million in a month; the published price. */
const PRICE_OF_AN_IMAGE = 0.002

export function estimatePrice(images: number): string {
  const dollars = images * PRICE_OF_AN_IMAGE
  return dollars < 0.01 ? 'less than 0.01 USD' : `about ${dollars.toFixed(2)} USD`
}

type ConfirmRunDialogProps = { readonly target: RunTarget; readonly onClose: () => void }

/** Before money is spent and images leave the computer: how many, how much, what, and where to. */
export function ConfirmRunDialog({ target, onClose }: ConfirmRunDialogProps) {
  const head = useBatches(({ head }) => head)
  const items = useBatches(({ items }) => items)
  if (head?.engine.kind !== 'mathpix') return null
  const count = target.itemIds?.length ?? countItems(items.values(), () => false).ready
  const isPrivate = head.options.metadata?.['improve_mathpix'] === false
  const run = () => {
    onClose()
    void startRun(target)
  }
  return (
    <Dialog title={`Send ${countOf(count, 'image')} to Mathpix?`} onClose={onClose}>
      <dl className="facts">
        <dt>Price</dt>
        <dd>{estimatePrice(count)}, billed to your Mathpix account</dd>
        <dt>Server</dt>
        <dd>{new URL(head.engine.baseUrl).host}</dd>
        <dt>Leaves this computer</dt>
        <dd>the images, their keys and the options; nothing else</dd>
        <dt>Privacy</dt>
        <dd>
          {isPrivate
            ? 'Mathpix is asked not to keep the images (improve_mathpix is off)'
            : 'Mathpix may keep the images to improve its service (improve_mathpix is on)'}
        </dd>
      </dl>
      <div className="dialog-actions">
        <Button onClick={onClose}>Do not send</Button>
        <Button look="primary" onClick={run}>
          Send {countOf(count, 'image')}
        </Button>
      </div>
    </Dialog>
  )
}
