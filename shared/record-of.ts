import { z } from 'zod'

/**
 * An object with any names and values of one kind. Unlike `z.record` it keeps a member called `__proto__`, so that an image or a header
 * of that name fares like any other.
 */
export function recordOf<T>(value: z.ZodType<T>): z.ZodType<Record<string, T>, Record<string, T>> {
  return z.custom<Record<string, T>>(
    (input) => isObject(input) && Object.values(input).every((member) => value.safeParse(member).success),
    'an object is expected',
  )
}

function isObject(input: unknown): input is Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
}
