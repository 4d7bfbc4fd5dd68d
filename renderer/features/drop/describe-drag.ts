import { countOf } from '../../stores/batch-state.ts'

type DraggedItem = Pick<DataTransferItem, 'kind' | 'type'>

/**
 * What dropping now would do, as far as a drag tells: during a drag only kinds and media types can be seen. A folder has no media type,
 * and neither has a file of an unknown kind. Undefined: nothing that can be added.
 */
export function describeDrag(items: readonly DraggedItem[], types: readonly string[]): string | undefined {
  const files = items.filter(({ kind }) => kind === 'file')
  const images = files.filter(({ type }) => type.startsWith('image/')).length
  const unknown = files.filter(({ type }) => type === '').length
  const others = files.length - images - unknown
  const parts = [
    images > 0 ? countOf(images, 'image') : '',
    unknown > 0 ? countOf(unknown, 'folder') : '',
    others > 0 ? countOf(others, 'other file') : '',
  ].filter(Boolean)
  if (parts.length > 0) return `Add ${joinWords(parts)}`
  if (types.includes('Files')) return 'Add the files'
  if (types.includes('text/html') || types.includes('text/uri-list')) return 'Add the image by its address'
  if (types.includes('text/plain')) return 'Add the image addresses in this text'
  return undefined
}

function joinWords(parts: readonly string[]): string {
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`
}
