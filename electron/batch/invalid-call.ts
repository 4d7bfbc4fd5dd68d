import { fail, type Result } from '../../shared/result.ts'

/** A call that cannot be done as things stand; the message says why, in plain words. */
export function invalid(message: string): Result<never> {
  return fail({ kind: 'invalid_call', message })
}
