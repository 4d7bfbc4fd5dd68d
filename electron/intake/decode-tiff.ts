import * as UTIF from 'utif2'
import { MAX_PAGES, MAX_PIXELS } from './intake-limits.ts'

export type RgbaPage = {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8Array
}

/** Counts the pages without decoding them; throws on bytes that are no TIFF. */
export function openTiff(bytes: Buffer): {
  pages: number
  readPage: (index: number) => RgbaPage | 'too_large' | undefined
} {
  const ifds = UTIF.decode(bytes).filter(
    (ifd) => tag(ifd, 't256') > 0 && tag(ifd, 't257') > 0 && !isThumbnail(ifd),
  )
  return {
    pages: Math.min(ifds.length, MAX_PAGES),
    readPage(index) {
      const ifd = ifds[index]
      if (!ifd) return undefined
      if (tag(ifd, 't256') * tag(ifd, 't257') > MAX_PIXELS) return 'too_large'
      try {
        UTIF.decodeImage(bytes, ifd)
        const rgba = UTIF.toRGBA8(ifd)
        const { width, height } = ifd
        ifd.data = new Uint8Array()
        return rgba.length === width * height * 4
          ? { width, height, rgba: orient(rgba, width, height, tag(ifd, 't274')) }
          : undefined
      } catch {
        return undefined
      }
    },
  }

  function orient(rgba: Uint8Array, width: number, height: number, orientation: number): Uint8Array {
    // Turned scans are rare; half a turn keeps the shape and is the one that scanners write.
    if (orientation !== 3) return rgba
    const turned = new Uint8Array(rgba.length)
    const source = new Uint32Array(rgba.buffer, rgba.byteOffset, width * height)
    const target = new Uint32Array(turned.buffer)
    for (let at = 0; at < source.length; at += 1) target[source.length - 1 - at] = source[at] ?? 0
    return turned
  }
}

function tag(ifd: UTIF.IFD, name: string): number {
  const value = ifd[name]
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'number' ? first : 0
}

/** Cameras and scanners put a reduced copy beside the page (NewSubfileType bit 0). */
function isThumbnail(ifd: UTIF.IFD): boolean {
  return (tag(ifd, 't254') & 1) === 1
}
