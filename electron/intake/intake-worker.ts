import { parentPort } from 'node:worker_threads'
import { serveJobs, type ThreadWork } from '../../node/run-in-thread.ts'
import { imageError } from './image-error.ts'
import { runIntakeJob, type IntakeJob, type IntakeReply } from './intake-job.ts'

/** Worker thread: decodes and encodes images away from the main thread, one job at a time. */
const doJob: ThreadWork<IntakeJob, IntakeReply> = async (job, reply, watch) => {
  try {
    await runIntakeJob(job, reply, watch)
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'unknown error'
    reply({ kind: 'failed', error: imageError('unreadable', `“${job.name}” could not be read (${detail}).`) })
  }
}
serveJobs(parentPort, doJob)
