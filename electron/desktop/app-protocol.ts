import { protocol } from 'electron'
import { readRegular } from '../../node/regular-file.ts'
import { CONTENT_SECURITY_POLICY, resolveAppUrl, type AppFiles } from '../app-request.ts'

/** Before the app is ready: makes `app:` a real origin, so that `'self'` in the policy means the bundle. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the page and the batches' images, each answer with the policy. */
export function serveApp(files: AppFiles): void {
  protocol.handle('app', async (request) => {
    const found = resolveAppUrl(request.url, files)
    const bytes = found && (await readRegular(found.file).catch(() => undefined))
    const headers = {
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
    }
    if (!found || !bytes) return new Response('Not found', { status: 404, headers })
    // The address of an image names its revision, so it may be kept for the run.
    const cache = found.isImage ? 'max-age=86400' : 'no-cache'
    return new Response(new Uint8Array(bytes), {
      headers: { ...headers, 'content-type': found.mime, 'cache-control': cache },
    })
  })
}
