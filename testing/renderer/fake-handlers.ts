import type { Batch, Item } from '../../shared/batch.ts'
import { changeItems, changeSubmission } from '../../shared/batch-changes.ts'
import { cancelItems, setPaused } from '../../shared/control-rules.ts'
import type { Input, Output } from '../../shared/ipc/contract.ts'
import type { CallName } from '../../shared/ipc/names.ts'
import { editItems, reviewItems, setItemOptions } from '../../shared/item-rules.ts'
import type { OcrResult } from '../../shared/mathpix.ts'
import { imagesAllowed, type MonthlyUsage, type RunEstimate } from '../../shared/money.ts'
import { ok, type Result } from '../../shared/result.ts'
import { presetOptions } from '../../shared/presets.ts'
import { Settings, type AddressReport, type CredentialsStatus } from '../../shared/settings.ts'
import type { FakeBatches } from './fake-batches.ts'

export type FakeSetup = {
  readonly batches?: readonly Batch[]
  readonly settings?: Partial<Settings>
  readonly credentials?: CredentialsStatus
  /** Images counted as sent today, and what the service says about the month. */
  readonly sentToday?: number
  readonly month?: MonthlyUsage
  /** Members of the estimate that differ from "all inside the request". */
  readonly estimate?: Partial<RunEstimate>
  /** What a check of the public address finds. */
  readonly addressReport?: (address: string) => AddressReport
  readonly sampleNames?: readonly string[]
  readonly opens?: 'image' | 'batch' | 'nothing'
  /** What the engine answers for an item; without it items stay pending. */
  readonly read?: (item: Item) => OcrResult
}

const forwardTo = 'http://127.0.0.1:43210'

type FakeHandlers = {
  readonly [C in Exclude<CallName, 'addSources'>]: (input: Input<C>) => Result<Output<C>>
}

/** What the main process would answer to each call. */
export function createFakeHandlers(
  setup: FakeSetup,
  batches: FakeBatches,
  onSettingsChanged: (settings: Settings) => void,
): FakeHandlers {
  let settings = Settings.parse(setup.settings ?? {})
  let credentials: CredentialsStatus = setup.credentials ?? {
    hasCredentials: false,
    storage: 'none',
    canStore: true,
    servers: [],
  }
  const today = () => {
    const allowed = imagesAllowed(settings.dailyLimit)
    return { images: setup.sentToday ?? 0, ...(allowed === undefined ? {} : { allowed }) }
  }

  const run = (batchId: string, itemIds: readonly string[]) => {
    batches.run(batchId, itemIds)
    settings = { ...settings, lastOptions: presetOptions(batches.find(batchId).options) }
    onSettingsChanged(settings)
  }

  return {
    takeNotices: () => ok([]),
    getAppInfo: () =>
      ok({
        version: '0.0.0',
        platform: 'linux',
        sampleNames: [...(setup.sampleNames ?? [])],
        opens: setup.opens ?? 'image',
      }),
    getBatches: () => ok(batches.list()),
    openBatch: ({ batchId }) => ok(batches.find(batchId)),
    createBatch: ({ name }) => ok(batches.create(name, settings.engine)),
    renameBatch: ({ batchId, name }) => done(() => batches.change(batchId, (old) => ({ ...old, name }))),
    deleteBatch: ({ batchId }) => done(() => batches.delete(batchId)),
    addUrls: ({ batchId, urls }) =>
      batches.add(
        batchId,
        urls.map((url) => ({ kind: 'url', name: url.split('/').at(-1) ?? url, url })),
      ),
    addSamples: ({ batchId }) =>
      batches.add(
        batchId,
        (setup.sampleNames ?? []).map((name) => ({ kind: 'file', name })),
      ),
    pickFiles: ({ batchId }) => batches.add(batchId, [{ kind: 'file', name: 'picked.png' }]),
    removeItems: ({ batchId, itemIds }) => ok(batches.takeOut(batchId, itemIds)),
    restoreItems: ({ batchId, itemIds }) => done(() => batches.putBack(batchId, itemIds)),
    // Which blocks there are is seen in pixels, which the page's tests have none of.
    splitItem: () => ok({ itemIds: [] }),
    renameItem: ({ batchId, itemId, key }) =>
      done(() =>
        batches.change(batchId, (old) =>
          changeItems(old, (item) => (item.id === itemId ? { ...item, key } : item)),
        ),
      ),
    setBatchOptions: ({ batchId, options }) =>
      done(() => batches.change(batchId, (old) => ({ ...old, options }))),
    setBatchEngine: ({ batchId, engine }) =>
      done(() => batches.change(batchId, (old) => ({ ...old, engine }))),
    setItemOptions: ({ batchId, itemIds, set, reset }) =>
      done(() => batches.change(batchId, (old) => setItemOptions(old, itemIds, set, reset))),
    estimateRun: ({ batchId, itemIds }) => {
      const ids =
        itemIds ?? batches.find(batchId).items.flatMap(({ id, state }) => (state === 'ready' ? [id] : []))
      return ok({
        itemIds: ids,
        free: 0,
        unclear: 0,
        sentAs: { url: 0, hosted: 0, data_uri: ids.length, upload: 0 },
        smaller: 0,
        ...setup.estimate,
        today: today(),
      })
    },
    submitBatch: ({ batchId }) =>
      done(() =>
        run(
          batchId,
          batches.find(batchId).items.flatMap(({ id, state }) => (state === 'ready' ? [id] : [])),
        ),
      ),
    retryItems: ({ batchId, itemIds }) => done(() => run(batchId, itemIds)),
    pauseBatch: ({ batchId }) => done(() => batches.change(batchId, (old) => setPaused(old, true))),
    resumeBatch: ({ batchId }) => done(() => batches.change(batchId, (old) => setPaused(old, false))),
    cancelBatch: ({ batchId }) =>
      done(() =>
        batches.change(batchId, (old) =>
          cancelItems(
            setPaused(old, false),
            old.items.map(({ id }) => id),
            () => false,
          ),
        ),
      ),
    cancelItems: ({ batchId, itemIds }) =>
      done(() => batches.change(batchId, (old) => cancelItems(old, itemIds, () => false))),
    resolveUnclear: ({ batchId, submissionId, choice }) =>
      done(() =>
        batches.change(batchId, (old) =>
          changeSubmission(old, submissionId, (submission) =>
            choice === 'look'
              ? { ...submission, looked: { at: new Date().toISOString(), message: 'Nothing is known.' } }
              : { ...submission, state: 'failed' },
          ),
        ),
      ),
    editItem: ({ batchId, itemId, latex }) =>
      done(() => batches.change(batchId, (old) => editItems(old, [{ itemId, latex }]))),
    editItems: ({ batchId, edits }) => done(() => batches.change(batchId, (old) => editItems(old, edits))),
    reviewItems: ({ batchId, itemIds, flagged, accepted }) =>
      done(() => batches.change(batchId, (old) => reviewItems(old, itemIds, { flagged, accepted }))),
    exportItems: ({ batchId, itemIds }) =>
      ok({ images: itemIds?.length ?? batches.find(batchId).items.length, name: 'export', problems: [] }),
    copyItems: ({ itemIds }) => ok({ copied: itemIds.length, problems: [] }),
    getSettings: () => ok(settings),
    setSettings: (patch) => {
      settings = Settings.parse({ ...settings, ...patch })
      onSettingsChanged(settings)
      return ok(settings)
    },
    checkPublicAddress: ({ address }) =>
      ok(
        setup.addressReport?.(address) ?? { state: address === '' ? 'off' : 'open', message: '', forwardTo },
      ),
    getCredentialsStatus: () => ok(credentials),
    setCredentials: () => {
      credentials = {
        ...credentials,
        hasCredentials: true,
        storage: credentials.canStore ? 'keychain' : 'session',
      }
      return ok(credentials)
    },
    clearCredentials: () => {
      credentials = { ...credentials, hasCredentials: false, storage: 'none' }
      return ok(credentials)
    },
    testConnection: () => ok({ message: 'The server answered' }),
    getUsage: () => {
      return ok({
        today: today(),
        month: setup.month ?? { state: 'unknown', reason: 'There are no keys to ask with.' },
      })
    },
    getEngineStatus: () => ok({ state: 'ready' }),
    openLink: () => ok(undefined),
  }
}

function done(act: () => void): Result<void> {
  act()
  return ok(undefined)
}
