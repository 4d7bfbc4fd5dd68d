import { z } from 'zod'

/**
 * Everything that can go wrong in an expected way, as plain data that survives IPC and the disk.
 * `mathpix` carries the server's own `error_info.id` verbatim; the others are ours.
 */
export const AppError = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('mathpix'),
    /** `error_info.id`, verbatim; unknown ids stay as they came. */
    id: z.string(),
    message: z.string(),
    /** The other members of `error_info`, URLs with credentials or signatures removed. */
    detail: z.record(z.string(), z.unknown()).optional(),
  }),
  z.object({
    kind: z.literal('network'),
    reason: z.enum(['offline', 'refused', 'timeout', 'reset', 'tls', 'http']),
    status: z.number().int().optional(),
    message: z.string(),
  }),
  /** A POST was sent and its reply lost: it may have been accepted and billed. Never repeated by itself. */
  z.object({ kind: z.literal('unclear_post'), message: z.string() }),
  z.object({ kind: z.literal('unexpected_response'), message: z.string() }),
  z.object({
    kind: z.literal('image'),
    reason: z.enum(['unreadable', 'unsupported', 'too_large', 'empty', 'missing', 'download', 'duplicate']),
    message: z.string(),
  }),
  z.object({
    kind: z.literal('credentials'),
    /**
     * `malformed`: they hold what no request can carry, such as a line break; `not_allowed`: the user has not said that the keys may go to this server; `insecure_server`: they would travel in the open;
     * `other_account`: the server was asked about something that was sent with other keys than those of now.
     */
    reason: z.enum([
      'missing',
      'malformed',
      'encryption_unavailable',
      'not_allowed',
      'insecure_server',
      'other_account',
    ]),
    message: z.string(),
  }),
  /** The user's own limit for a day: `left` of the `wanted` images may still be sent today. Nothing was sent. */
  z.object({
    kind: z.literal('daily_limit'),
    wanted: z.number().int(),
    left: z.number().int(),
    message: z.string(),
  }),
  z.object({ kind: z.literal('engine'), message: z.string() }),
  z.object({ kind: z.literal('storage'), message: z.string() }),
  z.object({ kind: z.literal('canceled'), message: z.string() }),
  z.object({ kind: z.literal('invalid_call'), message: z.string() }),
  z.object({ kind: z.literal('bug'), message: z.string() }),
])
export type AppError = z.infer<typeof AppError>
export type StorageError = Extract<AppError, { kind: 'storage' }>

/** Makes a switch exhaustive: a new member of a union does not compile until it is handled. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`)
}
