import { expect, it } from 'vitest'
import type { Item } from '../../shared/batch.ts'
import { nameImages } from './name-images.ts'

function makeItem(id: string, source: Item['source']): Item {
  return { id, key: id, source, state: 'ready', overrides: {}, flagged: false, accepted: false }
}

it('images that would be called the same are numbered, and nothing hidden is shown', () => {
  const url = (id: string, shown: string) => makeItem(id, { kind: 'url', name: 'f.png', url: shown })
  const items = [
    url('1', 'https://a.org/f.png?page=…'),
    url('2', 'https://a.org/g.png'),
    url('3', 'https://a.org/f.png?page=…'),
    makeItem('4', { kind: 'file', name: 'scan.tif', page: 2 }),
    makeItem('5', { kind: 'file', name: 'x.png' }),
  ]
  const names = nameImages(items, (id) => (id === '5' ? '/elsewhere/x.png' : undefined), '/home/me')
  expect([...names.values()]).toEqual([
    'https://a.org/f.png?page=… (1)',
    'https://a.org/g.png',
    'https://a.org/f.png?page=… (2)',
    'scan.tif (page 2)',
    '/elsewhere/x.png',
  ])
})

it('bytes of a path that are no text are shown as replacement characters', () => {
  const items = [makeItem('1', { kind: 'file', name: '\ufffd.png' })]
  const names = nameImages(items, () => '/home/me/\udce9.png', '/home/me')
  expect([...names.values()]).toEqual(['\ufffd.png'])
})
