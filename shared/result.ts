import { z } from 'zod'
import { AppError } from './errors.ts'

/** Expected outcomes travel as values: Electron keeps nothing of a thrown error but its message. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError }

/** The schema of a Result around `value`, for what comes back over IPC. */
export const resultOf = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: AppError }),
  ])

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const fail = (error: AppError): { readonly ok: false; readonly error: AppError } => ({
  ok: false,
  error,
})
