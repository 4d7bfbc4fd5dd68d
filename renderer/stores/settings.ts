import { create } from 'zustand'
import type { EngineStatus, Output } from '../../shared/ipc/contract.ts'
import { Settings, type CredentialsStatus } from '../../shared/settings.ts'
import { getApi } from '../api.ts'
import { runCall } from './run-call.ts'

export type SettingsState = {
  readonly settings: Settings
  readonly credentials: CredentialsStatus
  readonly engineStatus: EngineStatus
  readonly appInfo: Output<'getAppInfo'>
}

/** What the main process keeps beside the batches. Starts with the defaults until its answers are here. */
export const useSettings = create<SettingsState>(() => ({
  settings: Settings.parse({}),
  credentials: { hasCredentials: false, storage: 'none', canStore: false, servers: [] },
  engineStatus: { state: 'starting' },
  appInfo: { version: '', platform: '', sampleNames: [], opens: 'image' },
}))

/** Shown once the main process has kept it. */
export async function changeSettings(patch: Partial<Settings>): Promise<void> {
  const saved = await runCall(getApi().setSettings(patch))
  if (saved) useSettings.setState({ settings: saved.value })
}
