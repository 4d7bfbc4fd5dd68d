import type { Batch, BatchChange, BatchSummary, Item } from '../../shared/batch.ts'
import { acceptSubmission, applyResults, startSubmission } from '../../shared/batch-rules.ts'
import { changeSubmission } from '../../shared/batch-changes.ts'
import { cancelItems, setPaused } from '../../shared/control-rules.ts'
import { summarise } from '../../shared/batch-progress.ts'
import type { EventName, CallName } from '../../shared/ipc/names.ts'
import type { Input, Output, Payload } from '../../shared/ipc/contract.ts'
import type { OcrResult } from '../../shared/mathpix.ts'
import { imagesAllowed, type MonthlyUsage, type RunEstimate } from '../../shared/money.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import {
  DEFAULT_OPTIONS,
  Settings,
  type AddressReport,
  type CredentialsStatus,
} from '../../shared/settings.ts'
import type { PageApi } from '../api.ts'
import { makeItem } from './make-item.ts'

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
  /** What the engine answers for an item; without it items stay pending. */
  readonly read?: (item: Item) => OcrResult
}

const forwardTo = 'http://127.0.0.1:43210'

export type RecordedCall = { readonly name: CallName | 'addFiles'; readonly input: unknown }

type Listeners = { [E in EventName]: Set<(payload: Payload<E>) => void> }

/**
 * The api without a main process: batches in memory, changes sent as the real one sends them. `calls` records what the page asked for;
 * `change` plays the part of the main process.
 */
export type FakeApi = PageApi & {
  readonly calls: RecordedCall[]
  readonly change: (batchId: string, update: (batch: Batch) => Batch) => void
  readonly send: <E extends EventName>(name: E, payload: Payload<E>) => void
  /** Makes the next call of that name fail. */
  readonly failNext: (name: CallName, error: Parameters<typeof fail>[0]) => void
  /** The state the main process would have. */
  readonly batch: (batchId: string) => Batch
}

export function createFakeApi(setup: FakeSetup = {}): FakeApi {
  const batches = new Map((setup.batches ?? []).map((batch) => [batch.id, batch]))
  const removed = new Map<string, Item>()
  const calls: RecordedCall[] = []
  const failures = new Map<CallName, Parameters<typeof fail>[0]>()
  const listeners: Listeners = {
    onBatchChanged: new Set(),
    onBatchesChanged: new Set(),
    onSettingsChanged: new Set(),
    onEngineStatusChanged: new Set(),
    onNotice: new Set(),
  }
  let settings = Settings.parse(setup.settings ?? {})
  let credentials: CredentialsStatus = setup.credentials ?? {
    hasCredentials: false,
    storage: 'none',
    canStore: true,
  }

  const send: FakeApi['send'] = (name, payload) => {
    for (const listener of listeners[name]) listener(payload)
  }
  const batch = (batchId: string) => {
    const found = batches.get(batchId)
    if (!found) throw new Error(`no batch ${batchId}`)
    return found
  }
  const change: FakeApi['change'] = (batchId, update) => {
    const before = batch(batchId)
    const after = update(before)
    batches.set(batchId, after)
    send('onBatchChanged', diff(before, after))
    send('onBatchesChanged', list())
  }
  const list = (): BatchSummary[] => [...batches.values()].map(summarise)
  const changeItems = (batchId: string, ids: readonly string[], update: (item: Item) => Item) =>
    change(batchId, (old) => ({
      ...old,
      items: old.items.map((item) => (ids.includes(item.id) ? update(item) : item)),
    }))
  const add = (batchId: string, sources: readonly Item['source'][]) => {
    const start = batch(batchId).items.length
    const items = sources.map((source, index) => makeItem(start + index + 1, { source }))
    change(batchId, (old) => ({ ...old, items: [...old.items, ...items] }))
    return ok({ added: items.length, duplicates: 0 })
  }
  const run = (batchId: string, ids: readonly string[]) => {
    const id = `s${batch(batchId).submissions.length + 1}`
    const sentAs = new Map(ids.map((itemId) => [itemId, 'hosted' as const]))
    const { engine } = batch(batchId)
    change(batchId, (old) =>
      acceptSubmission(
        startSubmission(old, { id, engine, submittedAt: new Date().toISOString(), sentAs }),
        id,
        1,
      ),
    )
    const { read } = setup
    if (!read) return
    queueMicrotask(() => {
      change(batchId, (old) => {
        const keys = old.items.filter(({ submissionId }) => submissionId === id)
        return applyResults(old, id, {
          keys: keys.map(({ key }) => key),
          results: Object.fromEntries(keys.map((item) => [item.key, read(item)])),
        })
      })
    })
  }

  const done = (act: () => void): Result<void> => {
    act()
    return ok(undefined)
  }

  const handlers: { [C in Exclude<CallName, 'addSources'>]: (input: Input<C>) => Result<Output<C>> } = {
    takeNotices: () => ok([]),
    getAppInfo: () =>
      ok({ version: '0.0.0', platform: 'linux', sampleNames: [...(setup.sampleNames ?? [])] }),
    getBatches: () => ok(list()),
    openBatch: ({ batchId }) => ok(batch(batchId)),
    createBatch: ({ name }) => {
      const created: Batch = {
        id: `b${batches.size + 1}`,
        name: name ?? `Batch ${batches.size + 1}`,
        createdAt: new Date().toISOString(),
        engine: settings.engine,
        options: DEFAULT_OPTIONS,
        submissions: [],
        items: [],
      }
      batches.set(created.id, created)
      send('onBatchesChanged', list())
      return ok(created)
    },
    renameBatch: ({ batchId, name }) => done(() => change(batchId, (old) => ({ ...old, name }))),
    deleteBatch: ({ batchId }) => {
      batches.delete(batchId)
      return done(() => send('onBatchesChanged', list()))
    },
    addUrls: ({ batchId, urls }) =>
      add(
        batchId,
        urls.map((url) => ({ kind: 'url', name: url.split('/').at(-1) ?? url, url })),
      ),
    addSamples: ({ batchId }) =>
      add(
        batchId,
        (setup.sampleNames ?? []).map((name) => ({ kind: 'file', name })),
      ),
    pickFiles: ({ batchId }) => add(batchId, [{ kind: 'file', name: 'picked.png' }]),
    removeItems: ({ batchId, itemIds }) => {
      const gone = batch(batchId).items.filter(({ id }) => itemIds.includes(id))
      for (const item of gone) removed.set(item.id, item)
      change(batchId, (old) => ({ ...old, items: old.items.filter(({ id }) => !itemIds.includes(id)) }))
      return ok(gone)
    },
    restoreItems: ({ batchId, itemIds }) => {
      const back = itemIds.flatMap((id) => removed.get(id) ?? [])
      return done(() =>
        change(batchId, (old) => ({
          ...old,
          items: [...old.items, ...back].sort((a, b) => a.id.localeCompare(b.id)),
        })),
      )
    },
    renameItem: ({ batchId, itemId, key }) =>
      done(() => changeItems(batchId, [itemId], (item) => ({ ...item, key }))),
    setBatchOptions: ({ batchId, options }) => done(() => change(batchId, (old) => ({ ...old, options }))),
    setBatchEngine: ({ batchId, engine }) => done(() => change(batchId, (old) => ({ ...old, engine }))),
    setItemOptions: ({ batchId, itemIds, set, reset }) =>
      done(() =>
        changeItems(batchId, itemIds, (item) => ({
          ...item,
          overrides: Object.fromEntries(
            Object.entries({ ...item.overrides, ...set }).filter(([name]) => !reset.includes(name)),
          ),
        })),
      ),
    estimateRun: ({ batchId, itemIds }) => {
      const ids = itemIds ?? batch(batchId).items.flatMap(({ id, state }) => (state === 'ready' ? [id] : []))
      const allowed = imagesAllowed(settings.dailyLimit)
      return ok({
        itemIds: ids,
        free: 0,
        unclear: 0,
        sentAs: { url: 0, hosted: 0, data_uri: ids.length, upload: 0 },
        smaller: 0,
        ...setup.estimate,
        today: { images: setup.sentToday ?? 0, ...(allowed === undefined ? {} : { allowed }) },
      })
    },
    submitBatch: ({ batchId }) =>
      done(() =>
        run(
          batchId,
          batch(batchId).items.flatMap(({ id, state }) => (state === 'ready' ? [id] : [])),
        ),
      ),
    retryItems: ({ batchId, itemIds }) => done(() => run(batchId, itemIds)),
    pauseBatch: ({ batchId }) => done(() => change(batchId, (old) => setPaused(old, true))),
    resumeBatch: ({ batchId }) => done(() => change(batchId, (old) => setPaused(old, false))),
    cancelBatch: ({ batchId }) =>
      done(() =>
        change(batchId, (old) =>
          cancelItems(
            setPaused(old, false),
            old.items.map(({ id }) => id),
            () => false,
          ),
        ),
      ),
    cancelItems: ({ batchId, itemIds }) =>
      done(() => change(batchId, (old) => cancelItems(old, itemIds, () => false))),
    resolveUnclear: ({ batchId, submissionId, choice }) =>
      done(() =>
        change(batchId, (old) =>
          changeSubmission(old, submissionId, (submission) =>
            choice === 'look'
              ? { ...submission, looked: { at: new Date().toISOString(), message: 'Nothing is known.' } }
              : { ...submission, state: 'failed' },
          ),
        ),
      ),
    editItem: ({ batchId, itemId, latex }) =>
      done(() => changeItems(batchId, [itemId], (item) => setEdit(item, latex))),
    reviewItems: ({ batchId, itemIds, flagged, accepted }) =>
      done(() =>
        changeItems(batchId, itemIds, (item) => ({
          ...item,
          flagged: flagged ?? item.flagged,
          accepted: accepted ?? item.accepted,
        })),
      ),
    copyText: () => ok(undefined),
    getSettings: () => ok(settings),
    setSettings: (patch) => {
      settings = Settings.parse({ ...settings, ...patch })
      send('onSettingsChanged', settings)
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
      const allowed = imagesAllowed(settings.dailyLimit)
      return ok({
        today: { images: setup.sentToday ?? 0, ...(allowed === undefined ? {} : { allowed }) },
        month: setup.month ?? { state: 'unknown', reason: 'There are no keys to ask with.' },
      })
    },
    getEngineStatus: () => ok({ state: 'ready' }),
    openLink: () => ok(undefined),
  }

  const wrapped = Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [
      name,
      (input: never) => {
        calls.push({ name: name as CallName, input })
        const failure = failures.get(name as CallName)
        failures.delete(name as CallName)
        return Promise.resolve(failure ? fail(failure) : (handle as (input: never) => unknown)(input))
      },
    ]),
  )
  const subscriptions = Object.fromEntries(
    Object.entries(listeners).map(([name, set]) => [
      name,
      (listener: never) => {
        set.add(listener)
        return () => set.delete(listener)
      },
    ]),
  )
  const addFiles: PageApi['addFiles'] = (input) => {
    calls.push({ name: 'addFiles', input })
    return Promise.resolve(
      add(
        input.batchId,
        input.files.map(({ name }) => ({ kind: 'file', name })),
      ),
    )
  }
  // The two records are built name by name from the typed handlers and listeners above.
  const api = { ...wrapped, ...subscriptions, addFiles } as unknown as PageApi
  return Object.assign(api, {
    calls,
    change,
    send,
    batch,
    failNext: (name: CallName, error: Parameters<typeof fail>[0]) => void failures.set(name, error),
  })
}

function setEdit(item: Item, latex: string | null): Item {
  const next = { ...item }
  delete next.edit
  return latex === null ? next : { ...next, edit: latex }
}

function diff(before: Batch, after: Batch): BatchChange {
  const { items, ...head } = after
  const old = new Map(before.items.map((item) => [item.id, item]))
  const ids = new Set(items.map(({ id }) => id))
  return {
    head,
    items: items.filter((item) => old.get(item.id) !== item),
    removedItemIds: before.items.flatMap(({ id }) => (ids.has(id) ? [] : [id])),
  }
}
