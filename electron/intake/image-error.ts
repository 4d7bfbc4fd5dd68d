import type { AppError } from '../../shared/errors.ts'

type ImageError = Extract<AppError, { kind: 'image' }>

export function imageError(reason: ImageError['reason'], message: string): ImageError {
  return { kind: 'image', reason, message }
}
