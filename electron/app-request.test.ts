import { describe, expect, it } from 'vitest'
import { resolveAppUrl } from './app-request.ts'
import { isAllowedLink } from './link-rules.ts'
import { describeProgress } from './progress-title.ts'
import { readStartInputs } from './start-arguments.ts'

const files = {
  dist: '/app/dist',
  imageFile: (batchId: string, itemId: string, which: string) =>
    batchId === 'b1' ? `/data/${batchId}/${itemId}.${which}.png` : undefined,
}

describe('app:// addresses', () => {
  it.each([
    ['app://bundle/', '/app/dist/index.html'],
    ['app://bundle/assets/a%20b.js', '/app/dist/assets/a b.js'],
    ['app://bundle/image/b1/0000001?r=2', '/data/b1/0000001.image.png'],
    ['app://bundle/thumb/b1/0000001', '/data/b1/0000001.thumb.png'],
    ['app://bundle/../package.json', '/app/dist/package.json'],
  ])('%s is %s', (address, file) => {
    expect(resolveAppUrl(address, files)?.file).toBe(file)
  })

  it.each([
    'app://other/index.html',
    'app://bundle/%2e%2e%2fpackage.json',
    'app://bundle/..%2f..%2fetc%2fpasswd.html',
    'app://bundle/image/b2/0000001',
    'app://bundle/image/..%2f..%2fx/y',
    'app://bundle/%00.html',
    'app://bundle/%zz.html',
    'app://bundle/secret.env',
    'nonsense',
  ])('%s is nothing', (address) => {
    expect(resolveAppUrl(address, files)).toBeUndefined()
  })
})

describe('links', () => {
  it.each([
    ['https://docs.mathpix.com/reference', true],
    ['http://docs.mathpix.com/', false],
    ['https://docs.mathpix.com.evil.example/', false],
    ['https://user@docs.mathpix.com/', false],
    ['https://docs.mathpix.com:8443/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['', false],
  ])('%s may leave: %s', (address, isAllowed) => {
    expect(isAllowedLink(address)).toBe(isAllowed)
  })
})

describe('start arguments', () => {
  it('are those after the app in development, all when packaged, without flags', () => {
    const argv = ['/x/electron', '--inspect=0', '/repo', '--user-data-dir=/tmp/u', 'a.png', 'https://h/b.png']
    expect(readStartInputs(argv, '/cwd', { isPackaged: false, appPath: '/repo' })).toEqual({
      paths: ['/cwd/a.png'],
      urls: ['https://h/b.png'],
    })
    expect(
      readStartInputs(['/x/formulift', '--flag', '/d/a.png'], '/cwd', { isPackaged: true, appPath: '/repo' })
        .paths,
    ).toEqual(['/d/a.png'])
    expect(readStartInputs(['/x/electron'], '/cwd', { isPackaged: false, appPath: '/repo' })).toEqual({
      paths: [],
      urls: [],
    })
  })
})

describe('the title', () => {
  const counts = { total: 4, completed: 1, failed: 1 }
  const summary = { id: 'b', name: 'n', createdAt: '', ...counts, isRunning: true, isPaused: false }
  it('tells of running batches only', () => {
    expect(describeProgress([summary, { ...summary, isRunning: false }])).toEqual({
      title: '2 of 4 – Formulift',
      fraction: 0.5,
    })
    expect(describeProgress([{ ...summary, isPaused: true }]).title).toBe('2 of 4, paused – Formulift')
    expect(describeProgress([])).toEqual({ title: 'Formulift', fraction: -1 })
  })
})
