import { getApi } from '../../api.ts'
import { countOf } from '../../stores/batch-state.ts'
import { ensureBatch } from '../../stores/connect.ts'
import { runCall } from '../../stores/run-call.ts'
import { showToast } from '../../stores/toasts.ts'
import type { Brought } from './read-transfer.ts'

type AddedCount = { readonly added: number; readonly duplicates: number }

/** Adds what a drop or a paste brought. Says so when nothing came of it: every other outcome shows in the queue. */
export async function addBrought({ files, urls, ignoredLines }: Brought): Promise<void> {
  if (files.length === 0 && urls.length === 0) {
    if (ignoredLines > 0) showToast({ tone: 'problem', message: 'There is no image address in this text.' })
    return
  }
  const api = getApi()
  await add(async (batchId) => {
    const results = [
      files.length > 0 ? await runCall(api.addFiles({ batchId, files })) : undefined,
      urls.length > 0 ? await runCall(api.addUrls({ batchId, urls: [...urls] })) : undefined,
    ].flatMap((result) => result?.value ?? [])
    return {
      added: results.reduce((sum, { added }) => sum + added, 0),
      duplicates: results.reduce((sum, { duplicates }) => sum + duplicates, 0),
    }
  })
  if (ignoredLines > 0) {
    showToast({ tone: 'info', message: `Left out ${countOf(ignoredLines, 'line')} without an address` })
  }
}

export async function addPicked(kind: 'files' | 'folder'): Promise<void> {
  await add(async (batchId) => (await runCall(getApi().pickFiles({ batchId, kind })))?.value)
}

export async function addSamples(): Promise<void> {
  await add(async (batchId) => (await runCall(getApi().addSamples({ batchId })))?.value)
}

async function add(call: (batchId: string) => Promise<AddedCount | undefined>): Promise<void> {
  const batchId = await ensureBatch()
  if (batchId === undefined) return
  const result = await call(batchId)
  if (!result || result.duplicates === 0) return
  const count = countOf(result.duplicates, 'image')
  showToast({ tone: 'info', message: `${count} already in the batch: kept once` })
}
