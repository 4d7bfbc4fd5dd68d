/** Every call and event between the page and the main process. Plain strings, no imports: the preload bundles this file. */
export const calls = [
  'getAppInfo',
  'getBatches',
  'openBatch',
  'createBatch',
  'renameBatch',
  'deleteBatch',
  'addSources',
  'addUrls',
  'addSamples',
  'pickFiles',
  'removeItems',
  'restoreItems',
  'renameItem',
  'setBatchOptions',
  'setBatchEngine',
  'setItemOptions',
  'estimateRun',
  'submitBatch',
  'retryItems',
  'cancelBatch',
  'resolveUnclear',
  'editItem',
  'reviewItems',
  'copyText',
  'getSettings',
  'setSettings',
  'checkPublicAddress',
  'getCredentialsStatus',
  'setCredentials',
  'clearCredentials',
  'testConnection',
  'getUsage',
  'getEngineStatus',
  'openLink',
] as const

export const events = [
  'onBatchChanged',
  'onBatchesChanged',
  'onSettingsChanged',
  'onEngineStatusChanged',
  'onNotice',
] as const

export type CallName = (typeof calls)[number]
export type EventName = (typeof events)[number]
