import { readJpegFrame } from './declared-size.ts'

/** Ways to pack a JPEG that no decoder here undoes, by the marker of its frame. */
const UNREAD: ReadonlyMap<number, string> = new Map([
  [0xc3, 'lossless'],
  [0xc5, 'hierarchical'],
  [0xc6, 'hierarchical'],
  [0xc7, 'hierarchical'],
  [0xcb, 'lossless'],
  [0xcd, 'hierarchical'],
  [0xce, 'hierarchical'],
  [0xcf, 'hierarchical'],
  [0xf7, 'JPEG-LS'],
])

/** What to say of a JPEG that is not damaged and yet could not be decoded, to go on after its file's name. */
export function describeUnreadJpeg(bytes: Uint8Array): { readonly whenFailed?: string } {
  const frame = readJpegFrame(bytes)
  if (!frame) return {}
  const { precision, packing } = frame
  const way = UNREAD.get(packing) ?? (precision === 8 ? undefined : `${String(precision)} bits a sample`)
  return way === undefined
    ? {}
    : { whenFailed: `is a JPEG of a kind that is not read here (${way}). Save it as PNG and add that.` }
}
