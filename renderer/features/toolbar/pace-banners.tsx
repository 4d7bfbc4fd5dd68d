import { Gauge, Pause } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { BatchHead } from '../../../shared/batch.ts'
import { isHeld } from '../../../shared/batch-progress.ts'
import { Button } from '../../components/button.tsx'
import { countOf } from '../../stores/batch-state.ts'
import { useBatches } from '../../stores/batches.ts'
import { resumeRun } from '../../stores/start-run.ts'
import { describeDuration } from './run-progress.tsx'
import { Banner } from './banner.tsx'

/** Why a run that is well does not go faster: the user paused it, or it keeps to the rate plan. */
export function PaceBanners({ head }: { readonly head: BatchHead }) {
  if (isHeld(head)) return <PausedBanner head={head} />
  const waiting = head.submissions.find(({ waiting }) => waiting?.cause === 'rate_plan')?.waiting
  return waiting ? <PlanBanner reason={waiting.reason} until={waiting.until} /> : null
}

function PausedBanner({ head }: { readonly head: BatchHead }) {
  const items = useBatches(({ items }) => items)
  const { held, onTheWay } = useMemo(() => {
    const unsent = new Set(head.submissions.flatMap(({ id, waiting }) => (waiting ? [id] : [])))
    const pending = [...items.values()].filter(({ state }) => state === 'pending')
    const held = pending.filter(
      ({ submissionId, sentAs }) => sentAs === 'upload' || unsent.has(submissionId ?? ''),
    )
    return { held: held.length, onTheWay: pending.length - held.length }
  }, [head, items])
  return (
    <Banner
      tone="quiet"
      icon={<Pause className="icon" aria-hidden />}
      actions={<Button onClick={() => void resumeRun()}>Resume</Button>}
    >
      <strong>Paused.</strong> {describePause(held, onTheWay)}
    </Banner>
  )
}

export function describePause(held: number, onTheWay: number): string {
  const waits = held === 0 ? 'Nothing is left to send' : `${verb(held, 'waits', 'wait')} and will not be sent`
  return onTheWay === 0
    ? `${waits}.`
    : `${waits}; the results of ${countOf(onTheWay, 'image')} still come in.`
}

const verb = (count: number, one: string, many: string) =>
  `${countOf(count, 'image')} ${count === 1 ? one : many}`

type PlanBannerProps = { readonly reason: string; readonly until: string | undefined }

function PlanBanner({ reason, until }: PlanBannerProps) {
  return (
    <Banner tone="quiet" icon={<Gauge className="icon" aria-hidden />}>
      {reason.replace(/\.$/, '')}
      {until === undefined ? '.' : <Countdown key={until} until={until} />}
    </Banner>
  )
}

function secondsUntil(iso: string): number {
  return Math.max(0, Math.ceil((Date.parse(iso) - Date.now()) / 1000))
}

/**
 * Counted down by the second; nothing at the end. The computer's clock is asked once, for it may leap; what has passed since is counted by one
 * that never does.
 */
function Countdown({ until }: { readonly until: string }) {
  const [total] = useState(() => secondsUntil(until))
  const [passed, setPassed] = useState(0)
  useEffect(() => {
    const began = performance.now()
    const timer = setInterval(() => setPassed(Math.floor((performance.now() - began) / 1000)), 1000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, total - passed)
  if (seconds === 0) return '.'
  return (
    <>
      , next in <span className="number">{describeDuration(seconds)}</span>.
    </>
  )
}
