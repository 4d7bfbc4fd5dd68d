import { describeError } from '../../shared/describe-error.ts'
import type { Result } from '../../shared/result.ts'
import { showToast } from './toasts.ts'

/** Awaits a call; an expected error is told to the user in words, and the answer is undefined. */
export async function runCall<T>(call: Promise<Result<T>>): Promise<{ readonly value: T } | undefined> {
  const result = await call
  if (result.ok) return { value: result.value }
  const { title, hint } = describeError(result.error)
  const about = result.error.kind === 'storage' ? ('disk' as const) : undefined
  showToast({ tone: 'problem', message: `${title}. ${hint}`, about })
  return undefined
}
