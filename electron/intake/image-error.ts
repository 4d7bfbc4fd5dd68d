import type { AppError } from '../../shared/errors.ts'

type ItemImageError = Extract<AppError, { kind: 'image' }>

export function imageError(reason: ItemImageError['reason'], message: string): ItemImageError {
  return { kind: 'image', reason, message }
}
