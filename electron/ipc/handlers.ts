import type { Handlers, Notice } from '../../shared/ipc/contract.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { KnownSecrets } from '../../shared/scrub-secrets.ts'
import { isPreset, presetOptions } from '../../shared/presets.ts'
import type { EngineChoice, Settings } from '../../shared/settings.ts'
import type { BatchService } from '../batch/batch-service.ts'
import type { AllowKeys } from '../allow-keys.ts'
import { copyItems } from '../export/copy-items.ts'
import { exportItems, type SaveQuestion } from '../export/export-items.ts'
import { testConnection, type Connect } from '../connect.ts'
import type { LocalEngine } from '../local-engine.ts'
import type { Opens } from '../page-recovery.ts'
import type { CredentialsStore } from '../stores/credentials-store.ts'
import type { SettingsStore } from '../stores/settings-store.ts'

export type HandlerDeps = {
  readonly service: BatchService
  readonly settings: SettingsStore
  readonly credentials: CredentialsStore
  readonly engine: LocalEngine
  readonly connect: Connect
  /** Asks, outside of the page, before keys go to a server for the first time. */
  readonly allowKeys: AllowKeys
  readonly secrets: KnownSecrets
  readonly appInfo: {
    readonly version: string
    readonly platform: string
    readonly samples: readonly string[]
  }
  readonly nameOf: (file: string) => string
  readonly pickFiles: (kind: 'files' | 'folder') => Promise<string[]>
  /** Asks where to save, in a dialog of the system. */
  readonly askWhere: (question: SaveQuestion) => Promise<string | undefined>
  readonly writeClipboard: (text: string, html?: string) => Promise<void>
  readonly openLink: (url: string) => Promise<boolean>
  readonly takeNotices: () => Notice[]
  readonly onSettingsChanged: (settings: Settings) => void
  /** The batch that the window shows: files of a second start go there. */
  readonly onBatchShown: (batchId: string) => void
  readonly opens: () => Opens
}

/** One line per call of the contract; the work is done elsewhere. */
export function createHandlers(deps: HandlerDeps): Handlers {
  const { service, settings, credentials, engine, appInfo } = deps
  const { version, platform, samples } = appInfo
  const { scrub } = deps.secrets
  const writeClipboard = (text: string, html?: string) =>
    deps.writeClipboard(scrub(text), html === undefined ? html : scrub(html))
  const asPaths = (files: readonly string[]) => files.map((path) => ({ kind: 'path' as const, path }))

  return {
    getAppInfo: () =>
      answer({ version, platform, sampleNames: samples.map(deps.nameOf), opens: deps.opens() }),
    takeNotices: () => answer(deps.takeNotices()),
    getBatches: () => answer(service.getBatches()),
    openBatch: ({ batchId }) => noteShown(service.openBatch(batchId)),
    createBatch: ({ name }) => noteShown(service.createBatch(name)),
    renameBatch: ({ batchId, name }) => service.renameBatch(batchId, name),
    deleteBatch: ({ batchId }) => service.deleteBatch(batchId),
    addSources: ({ batchId, sources }) => service.addSources(batchId, sources),
    addUrls: ({ batchId, urls }) => service.addUrls(batchId, urls),
    addSamples: ({ batchId }) => service.addSources(batchId, asPaths(samples)),
    pickFiles: async ({ batchId, kind }) => service.addSources(batchId, asPaths(await deps.pickFiles(kind))),
    removeItems: ({ batchId, itemIds }) => service.removeItems(batchId, itemIds),
    restoreItems: ({ batchId, itemIds }) => service.restoreItems(batchId, itemIds),
    splitItem: ({ batchId, itemId, regions }) => service.splitItem(batchId, itemId, regions),
    renameItem: ({ batchId, itemId, key }) => service.renameItem(batchId, itemId, key),
    setBatchOptions: ({ batchId, options }) => service.setBatchOptions(batchId, options),
    setBatchEngine: ({ batchId, engine: choice }) => service.setBatchEngine(batchId, choice),
    setItemOptions: ({ batchId, itemIds, set, reset }) =>
      service.setItemOptions(batchId, itemIds, set, reset),
    estimateRun: ({ batchId, itemIds, engine: other }) => service.estimateRun(batchId, itemIds, other),
    submitBatch: ({ batchId }) =>
      whenAllowed(enginesOf(batchId), () => remembering(batchId, service.submitBatch(batchId))),
    retryItems: ({ batchId, itemIds, engine: other }) =>
      whenAllowed(enginesOf(batchId, itemIds, other), () =>
        remembering(batchId, service.retryItems(batchId, itemIds, other)),
      ),
    pauseBatch: ({ batchId }) => service.pauseBatch(batchId),
    resumeBatch: ({ batchId }) => whenAllowed(enginesOf(batchId), () => service.resumeBatch(batchId)),
    cancelBatch: ({ batchId }) => service.cancelBatch(batchId),
    cancelItems: ({ batchId, itemIds }) => service.cancelItems(batchId, itemIds),
    resolveUnclear: ({ batchId, submissionId, choice }) =>
      whenAllowed(engineOfSubmission(batchId, submissionId), () =>
        service.resolveUnclear(batchId, submissionId, choice),
      ),
    editItem: ({ batchId, itemId, latex }) => service.editItem(batchId, itemId, latex),
    editItems: ({ batchId, edits }) => service.editItems(batchId, edits),
    reviewItems: ({ batchId, itemIds, flagged, accepted }) =>
      service.reviewItems(batchId, itemIds, { flagged, accepted }),
    copyItems: async ({ batchId, itemIds, format }) => {
      const opened = await service.openBatch(batchId)
      return opened.ok ? ok(await copyItems(opened.value, { itemIds, format }, writeClipboard)) : opened
    },
    exportItems: async ({ batchId, itemIds, format }) => {
      const opened = await service.openBatch(batchId)
      if (!opened.ok) return opened
      const imageFile = (itemId: string) => service.imageFile(batchId, itemId, 'image')
      const source = { batch: opened.value, ...(itemIds ? { itemIds } : {}), imageFile }
      return exportItems(source, format, { askWhere: deps.askWhere, baseName: deps.nameOf, scrub })
    },
    getSettings: () => answer(settings.read()),
    setSettings: (changes) => changeSettings(changes),
    checkPublicAddress: async ({ address }) => ok(await service.checkPublicAddress(address)),
    getCredentialsStatus: () => answer(credentials.status()),
    setCredentials: (keys) => {
      deps.secrets.add(keys.app_key)
      return answer(credentials.save(keys))
    },
    clearCredentials: () => answer(credentials.clear()),
    testConnection: ({ engine: choice }) =>
      whenAllowed([choice], async () => testConnection(await deps.connect(choice))),
    getUsage: async ({ engine: choice }) => ok(await service.getUsage(choice)),
    getEngineStatus: () => answer(engine.status()),
    openLink: async ({ url }) => ((await deps.openLink(url)) ? ok(undefined) : fail(NOT_ALLOWED)),
  }

  function enginesOf(batchId: string, itemIds: readonly string[] = [], other?: EngineChoice): EngineChoice[] {
    const batch = service.peekBatch(batchId)
    if (!batch) return []
    const wanted = new Set(itemIds)
    const before = new Set(
      batch.items.flatMap((item) => (wanted.has(item.id) ? (item.submissionId ?? []) : [])),
    )
    return [
      other ?? batch.engine,
      ...batch.submissions.flatMap(({ id, engine }) => (before.has(id) ? engine : [])),
    ]
  }

  /** What a run was made with is what “As on the last run” offers from then on. */
  async function remembering(batchId: string, run: Promise<Result<void>>): Promise<Result<void>> {
    const result = await run
    const options = service.peekBatch(batchId)?.options
    if (result.ok && options && !isPreset(options, settings.read().lastOptions ?? {}))
      deps.onSettingsChanged(settings.change({ lastOptions: presetOptions(options) }))
    return result
  }

  function engineOfSubmission(batchId: string, submissionId: string): EngineChoice[] {
    const submissions = service.peekBatch(batchId)?.submissions ?? []
    return submissions.flatMap(({ id, engine }) => (id === submissionId ? engine : []))
  }

  /** For what a person has just wanted: without the permission it is not done, and says so. */
  async function whenAllowed<T>(
    engines: readonly EngineChoice[],
    work: () => Promise<Result<T>>,
  ): Promise<Result<T>> {
    for (const engine of engines) {
      const allowed = await deps.allowKeys(engine)
      if (!allowed.ok) return allowed
    }
    return work()
  }

  async function noteShown<T extends { readonly id: string }>(work: Promise<Result<T>>): Promise<Result<T>> {
    const result = await work
    if (result.ok) deps.onBatchShown(result.value.id)
    return result
  }

  function changeSettings(changes: Readonly<Record<string, unknown>>): Promise<Result<Settings>> {
    const changed = settings.change(changes)
    deps.onSettingsChanged(changed)
    return answer(changed)
  }
}

const NOT_ALLOWED = {
  kind: 'invalid_call',
  message: 'This address is not on the list of links the app may open.',
} as const

function answer<T>(value: T): Promise<Result<T>> {
  return Promise.resolve(ok(value))
}
