import type { Batch } from '../../shared/batch.ts'
import type { EventName, CallName } from '../../shared/ipc/names.ts'
import type { Payload } from '../../shared/ipc/contract.ts'
import { fail } from '../../shared/result.ts'
import type { PageApi } from '../../renderer/api.ts'
import { FakeBatches } from './fake-batches.ts'
import { createFakeHandlers, type FakeSetup } from './fake-handlers.ts'

type RecordedCall = { readonly name: CallName | 'addFiles'; readonly input: unknown }

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
  const calls: RecordedCall[] = []
  const failures = new Map<CallName, Parameters<typeof fail>[0]>()
  const listeners: Listeners = {
    onBatchChanged: new Set(),
    onBatchesChanged: new Set(),
    onSettingsChanged: new Set(),
    onEngineStatusChanged: new Set(),
    onNotice: new Set(),
  }
  const send: FakeApi['send'] = (name, payload) => {
    for (const listener of listeners[name]) listener(payload)
  }
  const batches = new FakeBatches(
    setup.batches ?? [],
    {
      onBatchChanged: (change) => send('onBatchChanged', change),
      onBatchesChanged: (summaries) => send('onBatchesChanged', summaries),
    },
    setup.read,
  )
  const handlers = createFakeHandlers(setup, batches, (settings) => send('onSettingsChanged', settings))

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
      batches.add(
        input.batchId,
        input.files.map(({ name }) => ({ kind: 'file', name })),
      ),
    )
  }
  // The two records are built name by name from the typed handlers and listeners above.
  const api = { ...wrapped, ...subscriptions, addFiles } as unknown as PageApi
  return Object.assign(api, {
    calls,
    change: (batchId: string, update: (batch: Batch) => Batch) => batches.change(batchId, update),
    send,
    batch: (batchId: string) => batches.find(batchId),
    failNext: (name: CallName, error: Parameters<typeof fail>[0]) => void failures.set(name, error),
  })
}
