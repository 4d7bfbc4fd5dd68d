import { calls, events } from '../shared/ipc/names.ts'
import { expect, sampleFiles, test } from './fixtures.ts'

test('the page sees exactly the contract, and nothing of Node or Electron', async ({ app }) => {
  const seen = await app.page.evaluate(() => ({
    api: Object.keys((window as unknown as { api: object }).api).sort(),
    node: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter(
      (name) => name in window,
    ),
  }))
  const contract = [...calls.filter((name) => name !== 'addSources'), 'addFiles', ...events].sort()
  expect(seen).toEqual({ api: contract, node: [] })
})

test('the page runs sandboxed, isolated and from its own scheme', async ({ app }) => {
  expect(app.page.url()).toMatch(/^app:\/\/bundle\//)
  const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences: () => Record<string, unknown>
    }
    const { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity } =
      contents.getLastWebPreferences()
    return { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity }
  })
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    webSecurity: true,
  })
})

test('the content security policy is the strict one and the app itself never violates it', async ({
  app,
}) => {
  const policy = await app.page.evaluate(() => {
    const violations: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective))
    Object.assign(window, { violations })
    return document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? ''
  })
  expect(policy).toBe('')
  const header = await app.electron.evaluate(async ({ net }) => {
    const response = await net.fetch('app://bundle/index.html')
    return response.headers.get('content-security-policy')
  })
  expect(header).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob:; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  )
  await app.drop({ files: sampleFiles().slice(0, 1) })
  await app.page.getByRole('button', { name: /^Convert/ }).click()
  await expect(app.page.getByRole('textbox', { name: 'LaTeX' })).not.toHaveText('', { timeout: 60_000 })
  expect(await app.page.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual(
    [],
  )
})

test('an inline script does not run', async ({ app }) => {
  const ran = await app.page.evaluate(async () => {
    const blocked = new Promise<string>((resolve) =>
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective), {
        once: true,
      }),
    )
    const script = document.createElement('script')
    script.textContent = 'window.intruder = true'
    document.body.append(script)
    return { directive: await blocked, intruder: 'intruder' in window }
  })
  expect(ran.intruder).toBe(false)
  expect(ran.directive).toContain('script-src')
})

test('nothing but the app can replace the page, and no second window opens', async ({ app, images }) => {
  const foreign = images.answer('/page.html', (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>foreign</title>'),
  )
  await app.electron.evaluate(({ BrowserWindow }) => {
    Object.assign(globalThis, { attempts: 0 })
    BrowserWindow.getAllWindows()[0]?.webContents.on('will-navigate', () => {
      Object.assign(globalThis, { attempts: (globalThis as unknown as { attempts: number }).attempts + 1 })
    })
  })
  // From main, because Playwright itself waits for a navigation that is never allowed to happen.
  const inPage = (script: string) =>
    app.electron.evaluate(
      ({ BrowserWindow }, code) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code) as Promise<unknown>,
      script,
    )
  const before = app.page.url()
  await inPage(`window.open(${JSON.stringify(foreign)}); location.href = ${JSON.stringify(foreign)}; 0`)
  await expect
    .poll(() => app.electron.evaluate(() => (globalThis as unknown as { attempts: number }).attempts))
    .toBe(1)
  expect(await inPage('location.href')).toBe(before)
  expect(await inPage('document.body.innerText')).toContain('Try the samples')
  expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  expect(images.requests).toEqual([])
})

test('all permissions are refused', async ({ app }) => {
  const states = await app.page.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'clipboard-read',
    ] as PermissionName[]
    return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state))
  })
  expect(new Set(states)).toEqual(new Set(['denied']))
})

test('links leave only through the opener, and only to https addresses on the list', async ({ app }) => {
  await app.electron.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = (url) => {
      opened.push(url)
      return Promise.resolve()
    }
  })
  const answers = await app.page.evaluate(async () => {
    const { openLink } = (
      window as unknown as { api: { openLink: (input: { url: string }) => Promise<{ ok: boolean }> } }
    ).api
    const urls = [
      'https://docs.mathpix.com/',
      'http://docs.mathpix.com/',
      'https://example.com/',
      'file:///etc/passwd',
    ]
    return Promise.all(urls.map(async (url) => (await openLink({ url })).ok))
  })
  expect(answers).toEqual([true, false, false, false])
  const opened = await app.electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)
  expect(opened).toEqual(['https://docs.mathpix.com/'])
})

test('a call with nonsense in it is refused, not obeyed', async ({ app }) => {
  const answer = await app.page.evaluate(async () => {
    const { api } = window as unknown as { api: Record<string, (input: unknown) => Promise<unknown>> }
    return api['openBatch']?.({ batchId: 7, extra: '../../etc' })
  })
  expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid_call' } })
})

test('files outside the bundle cannot be read through the app scheme', async ({ app }) => {
  const statuses = await app.electron.evaluate(async ({ net }) => {
    const urls = [
      'app://bundle/../package.json',
      'app://bundle/%2e%2e/package.json',
      'app://bundle/image/..%2f..%2f/x',
      'app://other/index.html',
    ]
    return Promise.all(
      urls.map(async (url) =>
        net.fetch(url).then(
          (response) => response.status,
          () => 0,
        ),
      ),
    )
  })
  for (const status of statuses) expect([0, 400, 403, 404]).toContain(status)
})
