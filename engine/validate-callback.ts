import { Callback } from '../shared/option-values.ts'
import { engineError, type Outcome } from './errors.ts'
import { redactAddress } from '../shared/redact.ts'

/**
 * Checks a `callback`: `post` an http(s) URL, `reply` an object without the reserved `batch_id`, `body` an object, `headers`
 * an object of strings. The detail fields name the offender; header values are never echoed.
 */
export function checkCallback(raw: unknown): Outcome<Callback> {
  const refuse = (detail: Record<string, unknown>, message: string): Outcome<Callback> => ({
    ok: false,
    error: engineError('opts_bad_callback', detail, message),
  })
  if (!isObject(raw)) return refuse({}, 'callback must be an object')
  const { post, reply, body, headers } = raw
  if (typeof post !== 'string') return refuse({ post: post ?? null }, 'callback.post must be a string')
  if (!/^https?:\/\//i.test(post) || !URL.canParse(post)) {
    return refuse({ post: redactAddress(post) }, 'callback.post must be an http or https URL')
  }
  if (reply !== undefined && !isObject(reply)) return refuse({ reply }, 'callback.reply must be an object')
  if (reply && Object.hasOwn(reply, 'batch_id')) {
    return refuse({ batch_id: reply['batch_id'] }, 'callback.reply must not contain batch_id')
  }
  if (body !== undefined && !isObject(body)) return refuse({ body }, 'callback.body must be an object')
  const parsed = Callback.safeParse(raw)
  return parsed.success
    ? { ok: true, value: parsed.data }
    : refuse(
        { headers: headers === undefined ? null : typeof headers },
        'callback.headers must be an object of strings',
      )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
