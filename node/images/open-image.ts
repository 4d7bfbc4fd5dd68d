import { decodeNative, decodePlain } from './decode-native.ts'
import { decodeHeic, loadHeic } from './decode-heic.ts'
import { decodeSvg, loadSvg } from './decode-svg.ts'
import { decodeWithVips, type VipsPage } from './decode-vips.ts'
import { readDeclaredSize } from './declared-size.ts'
import { putOnGround } from './ground.ts'
import { describeForeign } from './foreign-files.ts'
import { ImageError, tooManyPixels } from './image-error.ts'
import { detectKind, type ImageKind } from './image-kind.ts'
import { MAX_PIXELS } from './image-limits.ts'
import { plainBands } from './plain-file.ts'
import type { DecodedPage, Pixels, StoredPixels } from './pixels.ts'
import { describeUnreadJpeg } from './unread-jpeg.ts'
import { describeUnread, readTiffPages } from './tiff-directory.ts'
import { turnUpright } from './upright.ts'
import { withVips } from './vips.ts'

export type OpenPage = {
  /** As the header declares; undefined where it does not say. Nothing was decoded for it. */
  readonly declared: { readonly width: number; readonly height: number } | undefined
  /** @throws ImageError when more pixels are declared than are decoded. */
  check(): void
  /** @throws ImageError */
  decode(): Promise<DecodedPage>
}

export type OpenImage = {
  readonly kind: ImageKind
  readonly byteLength: number
  /** At least one. */
  readonly pages: readonly OpenPage[]
  /** Loads the library that this kind takes, once in a thread. */
  loadDecoder(): Promise<void>
}

/**
 * Looks at the first bytes of PNG, JPEG, WebP, GIF (first frame), BMP, AVIF, HEIC, SVG or TIFF (all pages) without decoding.
 * @throws ImageError when the bytes are none of these or declare more pixels than are decoded.
 */
export function openImage(bytes: Uint8Array): OpenImage {
  if (bytes.length === 0) throw new ImageError('empty', 'is empty.')
  const kind = detectKind(bytes)
  if (!kind) throw new ImageError('unsupported', describeForeign(bytes))
  const declared = readDeclaredSize(bytes, kind)
  const tiffPages = kind === 'tiff' ? readTiffPages(bytes) : []
  const pages =
    tiffPages.length === 0
      ? [openPage({ bytes, kind }, undefined, declared, kind === 'jpeg' ? describeUnreadJpeg(bytes) : {})]
      : tiffPages.map(({ width, height, ...page }) =>
          openPage(
            { bytes, kind },
            { index: page.index, isExtraUnknown: page.extra === 0 },
            { width, height },
            describeUnread(page),
          ),
        )
  return { kind, byteLength: bytes.length, pages, loadDecoder: () => loadDecoder(bytes, kind) }
}

/** What to say of a page that is not to be decoded, and what to say instead of “damaged” when it cannot be. */
type Unread = ReturnType<typeof describeUnread>

function openPage(
  { bytes, kind }: { readonly bytes: Uint8Array; readonly kind: ImageKind },
  page: VipsPage | undefined,
  declared: OpenPage['declared'],
  unread: Unread,
): OpenPage {
  return {
    declared,
    check() {
      if (declared && declared.width * declared.height > MAX_PIXELS)
        throw tooManyPixels(declared.width, declared.height)
    },
    async decode() {
      this.check()
      if (unread.always !== undefined) throw new ImageError('unsupported', unread.always)
      const stored = await decodeStored(bytes, kind, page).catch((error: unknown) => {
        const { whenFailed } = unread
        const isUnreadable = error instanceof ImageError && error.reason === 'unreadable'
        throw isUnreadable && whenFailed !== undefined
          ? new ImageError('unsupported', whenFailed, error)
          : error
      })
      const { pixels, wasOpaque } = putOnGround(turnUpright(stored))
      return { pixels, isAsStored: wasOpaque && stored.orientation === 1 && stored.isBrightened !== true }
    },
  }
}

async function loadDecoder(bytes: Uint8Array, kind: ImageKind): Promise<void> {
  if (plainBands(bytes, kind) !== undefined) return
  if (kind === 'heic') await loadHeic()
  else if (kind === 'svg') await loadSvg()
  else if (kind !== 'bmp') await withVips(kind === 'avif' ? 'avif' : 'plain', () => undefined)
}

async function decodeStored(bytes: Uint8Array, kind: ImageKind, page?: VipsPage): Promise<StoredPixels> {
  const bands = plainBands(bytes, kind)
  const plain = bands === undefined ? undefined : await decodePlain(bytes, bands)
  if (plain) return plain
  switch (kind) {
    case 'bmp':
      return decodeNative(bytes)
    case 'heic':
      return decodeHeic(bytes)
    case 'svg':
      return decodeSvg(bytes)
    default:
      return decodeWithVips(bytes, kind, page)
  }
}

/**
 * The first page as opaque, upright pixels.
 * @throws ImageError
 */
export async function decodeImage(bytes: Uint8Array): Promise<Pixels> {
  const [first] = openImage(bytes).pages
  if (!first) throw new ImageError('empty', 'is empty.')
  return (await first.decode()).pixels
}
