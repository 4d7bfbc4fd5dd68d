import { downloadImage, type DownloadDeps } from '../node/download-image.ts'
import { redactAddress } from '../shared/redact.ts'
import { engineError, type Outcome } from './errors.ts'

/**
 * Downloads one image. Every failure is `image_download_error` with the address as detail (credentials and query values
 * removed); what the bytes are is for the decoder to say.
 */
export async function fetchImage(address: string, deps: DownloadDeps): Promise<Outcome<Uint8Array>> {
  const download = await downloadImage(address, deps)
  if ('bytes' in download) return { ok: true, value: download.bytes }
  const message = `Error downloading image: ${download.problem}`
  return { ok: false, error: engineError('image_download_error', { url: redactAddress(address) }, message) }
}
