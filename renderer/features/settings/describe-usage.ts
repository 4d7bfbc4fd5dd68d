import type { DailySpending, MonthlyUsage } from '../../../shared/money.ts'
import { countOf } from '../../stores/batch-state.ts'

/** `12 images sent of 50 allowed`. */
export function describeToday({ images, allowed }: DailySpending): string {
  const sent = `${countOf(images, 'image')} sent from here`
  return allowed === undefined
    ? `${sent}, no daily limit`
    : `${sent}, of ${allowed.toLocaleString('en')} allowed`
}

/** The service's own counter with its time, or why there is none. */
export function describeMonth(month: MonthlyUsage): string {
  if (month.state === 'unknown') return month.reason
  const others = month.others.map(({ usage_type, count }) => `, ${count.toLocaleString('en')} ${usage_type}`)
  return `${countOf(month.images, 'image')}${others.join('')} counted by the server, as of ${timeOf(month.asOf)}`
}

function timeOf(iso: string): string {
  return new Date(iso).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
}
