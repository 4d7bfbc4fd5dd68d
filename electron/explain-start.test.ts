import { expect, it } from 'vitest'
import { explainStart } from './explain-start.ts'

const folders = { data: '/home/me/data', log: '/home/me/data/logs/formulift.log' }
const failure = (code: string, path?: string) =>
  Object.assign(new Error('no'), { code, ...(path ? { path } : {}) })

it.each([
  [failure('ENOSPC', '/home/me/data/x'), 'The disk is full.'],
  [failure('EROFS', '/home/me/data/x'), 'read-only'],
  [failure('ERR_DLOPEN_FAILED'), 'damaged or missing'],
  [failure('EADDRINUSE'), 'No port'],
  [new Error('odd'), 'Something went wrong (odd)'],
])('%s is explained, with its folder', (error, wanted) => {
  const { title, text } = explainStart(error, folders)
  expect(title).toBe('Formulift cannot start')
  expect(text).toContain(wanted)
  expect(text).toContain(folders.data)
  expect(text).toContain(folders.log)
})
