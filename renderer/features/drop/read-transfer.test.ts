import { describe, expect, it } from 'vitest'
import { readLines, readTransfer } from './read-transfer.ts'

const PIXEL = 'data:image/png;base64,iVBORw0KGgo='

const transfer = (data: Record<string, string>, files: readonly File[] = []) => ({
  files: files as unknown as FileList,
  getData: (type: string) => data[type] ?? '',
})

describe('readTransfer', () => {
  it('takes files before all else: a dragged picture carries its address too', () => {
    const file = new File(['x'], 'a.png')
    const brought = readTransfer(transfer({ 'text/uri-list': 'https://example.org/a.png' }, [file]))
    expect(brought).toEqual({ files: [file], urls: [], ignoredLines: 0 })
  })

  it('takes the picture of a web page, not the link around it', () => {
    const html = '<a href="https://example.org/page"><img src="https://example.org/a.png?x=1&amp;y=2"></a>'
    const brought = readTransfer(transfer({ 'text/html': html, 'text/uri-list': 'https://example.org/page' }))
    expect(brought.urls).toEqual(['https://example.org/a.png?x=1&y=2'])
  })

  it('makes a file of a picture that stands in the page itself', () => {
    const { files, urls } = readTransfer(transfer({ 'text/html': `<img src="${PIXEL}">` }))
    expect(urls).toEqual([])
    expect(files.map(({ name, type, size }) => ({ name, type, size }))).toEqual([
      { name: 'image-1.png', type: 'image/png', size: 8 },
    ])
  })

  it('reads a list of addresses without its comments', () => {
    const list = '# from a browser\r\nhttps://example.org/a.png\r\nhttps://example.org/b.png\r\n'
    expect(readTransfer(transfer({ 'text/uri-list': list }))).toEqual({
      files: [],
      urls: ['https://example.org/a.png', 'https://example.org/b.png'],
      ignoredLines: 0,
    })
  })

  it('falls back to plain text when the page holds no picture', () => {
    const data = {
      'text/html': '<p>https://example.org/a.png</p>',
      'text/plain': 'https://example.org/a.png',
    }
    expect(readTransfer(transfer(data)).urls).toEqual(['https://example.org/a.png'])
  })
})

describe('readLines', () => {
  it.each([
    ['https://example.org/a.png\n\n  http://example.org/b.png ', 2, 0],
    ['see https://example.org/a.png', 0, 1],
    ['file:///etc/hosts\njavascript:alert(1)\nhttps://', 0, 3],
    ['', 0, 0],
  ])('%j', (text, urls, ignoredLines) => {
    const brought = readLines(text)
    expect(brought.urls).toHaveLength(urls)
    expect(brought.ignoredLines).toBe(ignoredLines)
  })
})
