import { z } from 'zod'
import { callContract, type Handlers, type Output, type ParsedInput } from '../../shared/ipc/contract.ts'
import type { CallName } from '../../shared/ipc/names.ts'
import { fail, type Result } from '../../shared/result.ts'
import type { Log } from '../log.ts'

/**
 * Whatever arrives is checked here, so that handlers see valid input only. A handler that throws is a bug of
 * ours.
 */
export async function dispatch<C extends CallName>(
  handlers: Handlers,
  name: C,
  raw: unknown,
  log: Log,
): Promise<Result<Output<C>>> {
  const parsed = callContract[name].input.safeParse(raw)
  if (!parsed.success) {
    log.warn('invalid call', { name })
    return fail({ kind: 'invalid_call', message: `${name}: ${z.prettifyError(parsed.error)}` })
  }
  try {
    return await handlers[name](parsed.data as ParsedInput<C>)
  } catch (error) {
    log.error(`call ${name} failed`, error)
    return fail({ kind: 'bug', message: 'Something went wrong in the app. Its log tells more.' })
  }
}
