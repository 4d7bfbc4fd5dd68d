import { parentPort } from 'node:worker_threads'
import { runIntakeJob, type IntakeJob, type IntakeReply } from './intake-job.ts'

/** Worker thread: decodes and encodes images away from the main thread, one job at a time. */
const port = parentPort
if (!port) throw new Error('intake-worker runs as a worker thread only')

port.on('message', (job: IntakeJob) => {
  const reply = (message: IntakeReply) => port.postMessage(message)
  runIntakeJob(job, reply).catch((error: unknown) => {
    const detail = error instanceof Error ? error.message : 'unknown error'
    reply({
      kind: 'failed',
      error: { kind: 'image', reason: 'unreadable', message: `“${job.name}” could not be read (${detail}).` },
    })
  })
})
