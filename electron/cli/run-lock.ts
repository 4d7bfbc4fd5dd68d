import { FolderInUseError, lockFolder, type FolderLock } from '../../node/folder-lock.ts'

/** Claims a run for this process; undefined while another living process has it. */
export async function claimRun(dir: string): Promise<FolderLock | undefined> {
  try {
    return await lockFolder(dir)
  } catch (error) {
    if (error instanceof FolderInUseError) return undefined
    throw error
  }
}

/** Whether a living process works on the run. */
export async function isRunClaimed(dir: string): Promise<boolean> {
  const lock = await claimRun(dir)
  await lock?.release()
  return lock === undefined
}
