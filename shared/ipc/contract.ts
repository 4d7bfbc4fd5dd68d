import { z } from 'zod'
import { Batch, BatchChange, BatchSummary, Item } from '../batch.ts'
import { Region } from '../option-values.ts'
import { COPY_FORMAT_NAMES, DOCUMENT_FORMAT_NAMES, RESULT_FORMAT_NAMES } from '../output-formats.ts'
import { OcrOptions } from '../parameters.ts'
import { RunEstimate, UsageReport } from '../money.ts'
import type { Result } from '../result.ts'
import { AddressReport, CredentialsStatus, EngineChoice, Settings, SettingsPatch } from '../settings.ts'
import type { CallName, EventName } from './names.ts'

const Id = z.string().min(1).max(64)
const ItemIds = z.array(Id).max(100_000)

/**
 * One dropped thing as the preload hands it over: a path that Electron vouches for, or bytes when the file has no path
 * (pasted or generated). The page itself only ever holds `File` objects.
 */
export const DroppedSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('path'), path: z.string().min(1) }),
  z.object({ kind: z.literal('bytes'), name: z.string(), bytes: z.instanceof(Uint8Array) }),
])
export type DroppedSource = z.infer<typeof DroppedSource>

export const EngineStatus = z.object({
  state: z.enum(['starting', 'ready', 'restarting', 'failed']),
  message: z.string().optional(),
})
export type EngineStatus = z.infer<typeof EngineStatus>

export const Notice = z.object({
  tone: z.enum(['info', 'problem']),
  message: z.string(),
  /** A notice takes the place of an earlier one about the same thing. */
  about: z.enum(['disk']).optional(),
})
export type Notice = z.infer<typeof Notice>

/** After a lost reply: look whether the batch arrived (sends nothing), send it once more, or leave it. */
export const UnclearChoice = z.enum(['look', 'send_again', 'give_up'])
export type UnclearChoice = z.infer<typeof UnclearChoice>

const none = z.void()
/** How many items an intake call created; their fate arrives as changes of the items. */
const Added = z.object({ added: z.number().int(), duplicates: z.number().int() })

export const callContract = {
  getAppInfo: {
    input: none,
    output: z.object({
      version: z.string(),
      platform: z.string(),
      sampleNames: z.array(z.string()),
      /** What the page opens by itself; less after it failed. */
      opens: z.enum(['image', 'batch', 'nothing']),
    }),
  },
  /** What was to be said before the page listened; each once. */
  takeNotices: { input: none, output: z.array(Notice) },
  getBatches: { input: none, output: z.array(BatchSummary) },
  openBatch: { input: z.object({ batchId: Id }), output: Batch },
  createBatch: { input: z.object({ name: z.string().max(200).optional() }), output: Batch },
  renameBatch: { input: z.object({ batchId: Id, name: z.string().min(1).max(200) }), output: none },
  deleteBatch: { input: z.object({ batchId: Id }), output: none },
  addSources: {
    input: z.object({ batchId: Id, sources: z.array(DroppedSource).max(100_000) }),
    output: Added,
  },
  addUrls: {
    input: z.object({ batchId: Id, urls: z.array(z.string().max(20_000)).max(100_000) }),
    output: Added,
  },
  addSamples: { input: z.object({ batchId: Id }), output: Added },
  pickFiles: { input: z.object({ batchId: Id, kind: z.enum(['files', 'folder']) }), output: Added },
  removeItems: { input: z.object({ batchId: Id, itemIds: ItemIds }), output: z.array(Item) },
  restoreItems: { input: z.object({ batchId: Id, itemIds: ItemIds }), output: none },
  /** Makes an item of each block of ink, or of each of the regions; answers them. Removing them and restoring the item undoes it. */
  splitItem: {
    input: z.object({ batchId: Id, itemId: Id, regions: z.array(Region).max(1000).optional() }),
    output: z.object({ itemIds: z.array(z.string()) }),
  },
  renameItem: { input: z.object({ batchId: Id, itemId: Id, key: z.string().min(1).max(200) }), output: none },
  setBatchOptions: { input: z.object({ batchId: Id, options: OcrOptions }), output: none },
  setBatchEngine: { input: z.object({ batchId: Id, engine: EngineChoice }), output: none },
  setItemOptions: {
    /** `set` replaces members whole; `reset` takes members back to the batch's value. */
    input: z.object({ batchId: Id, itemIds: ItemIds, set: OcrOptions, reset: z.array(z.string()) }),
    output: none,
  },
  /** What a run of these items (of all that are ready) would send and cost; sends nothing. */
  estimateRun: {
    input: z.object({ batchId: Id, itemIds: ItemIds.optional(), engine: EngineChoice.optional() }),
    output: RunEstimate,
  },
  submitBatch: { input: z.object({ batchId: Id }), output: none },
  /** By the engine of the batch, or by another one: a second opinion. */
  retryItems: {
    input: z.object({ batchId: Id, itemIds: ItemIds, engine: EngineChoice.optional() }),
    output: none,
  },
  /** Nothing new is sent until `resumeBatch`; what is on its way is followed. */
  pauseBatch: { input: z.object({ batchId: Id }), output: none },
  resumeBatch: { input: z.object({ batchId: Id }), output: none },
  cancelBatch: { input: z.object({ batchId: Id }), output: none },
  cancelItems: { input: z.object({ batchId: Id, itemIds: ItemIds }), output: none },
  resolveUnclear: {
    input: z.object({ batchId: Id, submissionId: Id, choice: UnclearChoice }),
    output: none,
  },
  editItem: {
    input: z.object({ batchId: Id, itemId: Id, latex: z.string().max(200_000).nullable() }),
    output: none,
  },
  /** Many edits as one change: all of them, or none. */
  editItems: {
    input: z.object({
      batchId: Id,
      edits: z.array(z.object({ itemId: Id, latex: z.string().max(200_000).nullable() })).max(100_000),
    }),
    output: none,
  },
  reviewItems: {
    input: z.object({
      batchId: Id,
      itemIds: ItemIds,
      flagged: z.boolean().optional(),
      accepted: z.boolean().optional(),
    }),
    output: none,
  },
  /** Writes what stands for the images, in drop order, to the clipboard; those without anything are left out. */
  copyItems: {
    input: z.object({
      batchId: Id,
      itemIds: ItemIds,
      format: z.enum([...COPY_FORMAT_NAMES, ...RESULT_FORMAT_NAMES]),
    }),
    /** `problems`: why formulas stand there as LaTeX, one line each. */
    output: z.object({ copied: z.number().int(), problems: z.array(z.string()) }),
  },
  /** Saves images of a batch (all that were run) where the user says in the system's dialog. */
  exportItems: {
    input: z.object({ batchId: Id, itemIds: ItemIds.optional(), format: z.enum(DOCUMENT_FORMAT_NAMES) }),
    /** `name`: that of the file or folder; absent when nothing was written. */
    output: z.object({
      images: z.number().int(),
      name: z.string().optional(),
      problems: z.array(z.string()),
    }),
  },
  getSettings: { input: none, output: Settings },
  setSettings: { input: SettingsPatch, output: Settings },
  /** Fetches a probe through a public address of the file host; an empty address only tells where to forward to. */
  checkPublicAddress: { input: z.object({ address: z.string().max(2000) }), output: AddressReport },
  getCredentialsStatus: { input: none, output: CredentialsStatus },
  setCredentials: {
    input: z.object({ app_id: z.string().min(1).max(500), app_key: z.string().min(1).max(500) }),
    output: CredentialsStatus,
  },
  clearCredentials: { input: none, output: CredentialsStatus },
  testConnection: { input: z.object({ engine: EngineChoice }), output: z.object({ message: z.string() }) },
  /** Asks the service how much the account has used; costs nothing. */
  getUsage: { input: z.object({ engine: EngineChoice }), output: UsageReport },
  getEngineStatus: { input: none, output: EngineStatus },
  openLink: { input: z.object({ url: z.string().max(2000) }), output: none },
} satisfies Record<CallName, { input: z.ZodType; output: z.ZodType }>

export const eventContract = {
  onBatchChanged: BatchChange,
  onBatchesChanged: z.array(BatchSummary),
  onSettingsChanged: Settings,
  onEngineStatusChanged: EngineStatus,
  onNotice: Notice,
} satisfies Record<EventName, z.ZodType>

export type Input<C extends CallName> = z.input<(typeof callContract)[C]['input']>
export type ParsedInput<C extends CallName> = z.output<(typeof callContract)[C]['input']>
export type Output<C extends CallName> = z.output<(typeof callContract)[C]['output']>
export type Payload<E extends EventName> = z.output<(typeof eventContract)[E]>

export type Handlers = { [C in CallName]: (input: ParsedInput<C>) => Promise<Result<Output<C>>> }

/**
 * What `window.api` offers: every call but `addSources`, which the preload offers as `addFiles` so that the page can pass
 * `File` objects only and never a path.
 */
export type Api = {
  [C in Exclude<CallName, 'addSources'>]: (input: Input<C>) => Promise<Result<Output<C>>>
} & {
  [E in EventName]: (listener: (payload: Payload<E>) => void) => () => void
}
