import { CircleAlert, Clock, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { BatchHead, Submission } from '../../../shared/batch.ts'
import { isHeld } from '../../../shared/batch-progress.ts'
import { WAITING_FOR_TURN } from '../../../shared/batch-rules.ts'
import { describeError } from '../../../shared/describe-error.ts'
import type { UnclearChoice } from '../../../shared/ipc/contract.ts'
import { getApi } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { countOf } from '../../stores/batch-state.ts'
import { useBatches } from '../../stores/batches.ts'
import { openDialog } from '../../stores/dialogs.ts'
import { runCall } from '../../stores/run-call.ts'
import { useSettings } from '../../stores/settings.ts'
import { needsKeys } from '../review/error-card.tsx'
import { Banner } from './banner.tsx'
import { PaceBanners } from './pace-banners.tsx'

/** What concerns the whole batch and waits for a person, or explains a wait. */
export function Banners() {
  const head = useBatches(({ head }) => head)
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set())
  if (!head) return null
  const failed = head.submissions.at(-1)
  return (
    <aside className="banners" aria-label="Notices">
      <EngineBanner />
      {head.submissions
        .filter(({ state }) => state === 'unclear')
        .map((submission) => (
          <UnclearBanner key={submission.id} head={head} submission={submission} />
        ))}
      <PaceBanners head={head} />
      {head.submissions.flatMap(({ id, state, waiting }) =>
        // Waiting for its turn behind another part of the batch needs no words.
        waiting && isTrouble(waiting) && (state === 'processing' || !isHeld(head)) ? (
          <Banner key={id} tone="look" icon={<Clock className="icon" aria-hidden />}>
            {waiting.reason}
            {waiting.until ? ` Next try at ${formatTime(waiting.until)}.` : ''}
          </Banner>
        ) : (
          []
        ),
      )}
      {failed?.state === 'failed' && failed.error && !dismissed.has(failed.id) ? (
        <FailedBanner
          submission={failed}
          onDismiss={() => setDismissed(new Set([...dismissed, failed.id]))}
        />
      ) : null}
    </aside>
  )
}

function isTrouble({ cause, reason }: NonNullable<Submission['waiting']>): boolean {
  return cause === undefined && reason !== WAITING_FOR_TURN.reason
}

function formatTime(iso: string): string {
  return new Date(iso).toLocaleTimeString(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
}

function EngineBanner() {
  const { state, message } = useSettings(({ engineStatus }) => engineStatus)
  const isLocal = useBatches(({ head }) => head?.engine.kind !== 'mathpix')
  if (!isLocal || state === 'ready' || state === 'starting') return null
  return (
    <Banner
      tone={state === 'failed' ? 'failed' : 'look'}
      icon={<TriangleAlert className="icon" aria-hidden />}
    >
      {message ??
        (state === 'failed'
          ? 'The engine on this computer does not start. Mathpix can be used instead.'
          : 'The engine on this computer stopped and is being started again. Nothing is lost.')}
    </Banner>
  )
}

type SubmissionProps = { readonly head: BatchHead; readonly submission: Submission }

/** The reply to a paid request was lost. Only a person can choose, so both choices say what they mean. */
function UnclearBanner({ head, submission }: SubmissionProps) {
  const count = countOf(submission.itemIds.length, 'image')
  const [isLooking, setLooking] = useState(false)
  const { looked } = submission
  const resolve = (choice: UnclearChoice) =>
    runCall(getApi().resolveUnclear({ batchId: head.id, submissionId: submission.id, choice }))
  const look = async () => {
    setLooking(true)
    await resolve('look')
    setLooking(false)
  }
  return (
    <Banner
      tone="failed"
      icon={<TriangleAlert className="icon" aria-hidden />}
      actions={
        <>
          <Button disabled={isLooking} onClick={() => void look()}>
            {isLooking ? 'Looking…' : looked ? 'Look again' : 'Wait and look'}
          </Button>
          <Button onClick={() => void resolve('send_again')}>Send again, may be billed twice</Button>
          <Button onClick={() => void resolve('give_up')}>Do not send again</Button>
        </>
      }
    >
      {submission.error?.message ?? 'The connection broke.'} It is not known whether the server took {count}.
      {submission.callback === 'own' && !looked
        ? ' If it did, the results come in here by themselves.'
        : null}
      {looked ? (
        <span className="banner-more" role="status">
          Looked at {formatTime(looked.at)}: {looked.message}
        </span>
      ) : null}
    </Banner>
  )
}

type FailedBannerProps = { readonly submission: Submission; readonly onDismiss: () => void }

function FailedBanner({ submission: { error }, onDismiss }: FailedBannerProps) {
  if (!error) return null
  const { title, hint } = describeError(error)
  return (
    <Banner
      tone="failed"
      icon={<CircleAlert className="icon" aria-hidden />}
      actions={
        <>
          {error.kind === 'daily_limit' ? (
            <Button onClick={() => openDialog({ kind: 'settings' })}>Change the limit…</Button>
          ) : null}
          {needsKeys(error) ? (
            <Button onClick={() => openDialog({ kind: 'keys' })}>Enter keys…</Button>
          ) : null}
          <Button look="quiet" onClick={onDismiss}>
            Dismiss
          </Button>
        </>
      }
    >
      <strong>{title}.</strong> {hint}
    </Banner>
  )
}
