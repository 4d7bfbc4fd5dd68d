import { useEffect, useState } from 'react'
import {
  describePrice,
  imagesLeft,
  MAX_ROWS,
  PRICE_OF_A_PAGE,
  type DailySpending,
  type RunEstimate,
  type UsageReport,
} from '../../../shared/money.ts'
import type { BatchHead } from '../../../shared/batch.ts'
import { Way } from '../../../shared/way.ts'
import { countItems, countOf } from '../../stores/batch-state.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { getApi } from '../../api.ts'
import { useBatches } from '../../stores/batches.ts'
import { openDialog } from '../../stores/dialogs.ts'
import { runCall } from '../../stores/run-call.ts'
import type { RunTarget } from '../../stores/dialogs.ts'
import { startRun } from '../../stores/start-run.ts'
import { describeMonth, describeToday } from './describe-usage.ts'
import { useUsage } from './use-usage.ts'

type ConfirmRunDialogProps = { readonly target: RunTarget; readonly onClose: () => void }

/** Before money is spent and images leave the computer: how many, how much, what, how, and where to. */
export function ConfirmRunDialog({ target, onClose }: ConfirmRunDialogProps) {
  const head = useBatches(({ head }) => head)
  const items = useBatches(({ items }) => items)
  const estimate = useEstimate(head?.id, target)
  const engine = target.engine ?? head?.engine
  const usage = useUsage(engine)
  if (!head || engine?.kind !== 'mathpix') return null
  const count = estimate?.itemIds.length ?? target.itemIds?.length ?? countItems(items.values()).ready
  const left = estimate?.today ? imagesLeft(estimate.today) : undefined
  const fitting = left === undefined ? count : Math.min(count, left)
  const isCut = fitting < count
  const run = () => {
    onClose()
    void startRun(isCut && estimate ? { ...target, itemIds: estimate.itemIds.slice(0, fitting) } : target)
  }
  return (
    <Dialog title={`Send ${countOf(count, 'image')} to Mathpix?`} onClose={onClose}>
      <Facts head={head} baseUrl={engine.baseUrl} count={count} estimate={estimate} usage={usage} />
      {isCut && estimate?.today ? <LimitNote count={count} today={estimate.today} left={fitting} /> : null}
      <div className="dialog-actions">
        <Button onClick={onClose}>Do not send</Button>
        {isCut ? <Button onClick={() => openDialog({ kind: 'settings' })}>Change the limit…</Button> : null}
        {isCut && fitting === 0 ? null : (
          <Button look="primary" onClick={run}>
            {isCut ? `Send the first ${fitting}` : `Send ${countOf(count, 'image')}`}
          </Button>
        )}
      </div>
    </Dialog>
  )
}

function useEstimate(batchId: string | undefined, target: RunTarget): RunEstimate | undefined {
  const [estimate, setEstimate] = useState<RunEstimate>()
  useEffect(() => {
    if (batchId === undefined) return
    const { itemIds, engine } = target
    const input = {
      batchId,
      ...(itemIds === undefined ? {} : { itemIds: [...itemIds] }),
      ...(engine === undefined ? {} : { engine }),
    }
    void runCall(getApi().estimateRun(input)).then((got) => got && setEstimate(got.value))
  }, [batchId, target])
  return estimate
}

type FactsProps = {
  readonly head: BatchHead
  readonly baseUrl: string
  readonly count: number
  readonly estimate: RunEstimate | undefined
  readonly usage: UsageReport | undefined
}

function Facts({ head, baseUrl, count, estimate, usage }: FactsProps) {
  const mayKeep = head.options.metadata?.['improve_mathpix'] === true
  return (
    <dl className="facts">
      <dt>Price</dt>
      <dd>
        {describePrice(count)}, billed to your Mathpix account. An image with more than {MAX_ROWS} rows of
        text costs as a page: {PRICE_OF_A_PAGE} USD.
        {estimate && estimate.free > 0
          ? ` ${countOf(estimate.free, 'image')} accepted before will be fetched, which costs nothing.`
          : ''}
        {estimate && estimate.unclear > 0
          ? ` ${countOf(estimate.unclear, 'image')} may have been accepted before and can be billed twice.`
          : ''}
      </dd>
      <dt>Server</dt>
      <dd>{estimate?.server ?? new URL(baseUrl).host}</dd>
      <dt>Leaves this computer</dt>
      <dd>
        the images, their keys and the options; nothing else
        {estimate ? <span className="meta block">{describeWays(estimate)}</span> : null}
        {estimate?.addressProblem === undefined ? null : (
          <span className="note-look block">Your public address is not used. {estimate.addressProblem}</span>
        )}
      </dd>
      <dt>Privacy</dt>
      <dd>
        {mayKeep
          ? 'Mathpix may keep the images to improve its service (improve_mathpix is on)'
          : 'Mathpix is asked not to keep the images (improve_mathpix is off)'}
      </dd>
      <dt>Today</dt>
      <dd>{estimate?.today ? describeToday(estimate.today) : '…'}</dd>
      <dt>This month</dt>
      <dd>{usage ? describeMonth(usage.month) : 'asking the server…'}</dd>
    </dl>
  )
}

const WAYS: Readonly<Record<Way, string>> = {
  url: 'by address: Mathpix fetches them itself',
  hosted: 'from this computer, through your public address',
  data_uri: 'inside the request',
  upload: 'uploaded one by one',
}

function describeWays({ sentAs, smaller }: RunEstimate): string {
  const ways = Way.options.filter((way) => sentAs[way] > 0)
  const copies =
    smaller === 0 ? '' : `, ${smaller} of them as ${smaller === 1 ? 'a smaller copy' : 'smaller copies'}`
  return ways.map((way) => `${sentAs[way]} ${WAYS[way]}${way === 'data_uri' ? copies : ''}`).join('; ')
}

type LimitNoteProps = { readonly count: number; readonly today: DailySpending; readonly left: number }

function LimitNote({ count, today, left }: LimitNoteProps) {
  return (
    <p className="note note-failed" role="alert">
      Your daily limit of {countOf(today.allowed ?? 0, 'image')} leaves {left === 0 ? 'none' : left} of these{' '}
      {count} for today.
    </p>
  )
}
