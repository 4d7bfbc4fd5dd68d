import { parentPort } from 'node:worker_threads'
import type { DecodeWatch } from '../../node/images/decode-watch.ts'
import { runIntakeJob, type IntakeJob, type IntakeReply } from './intake-job.ts'

/** A job, or leave to decode what was asked for. */
export type IntakeOrder = IntakeJob | { readonly kind: 'go' }

/** Worker thread: decodes and encodes images away from the main thread, one job at a time. */
const port = parentPort
if (!port) throw new Error('intake-worker runs as a worker thread only')

let goOn: () => void = () => undefined
const reply = (message: IntakeReply) => port.postMessage(message)
/** The pool holds the watch. */
const watch: DecodeWatch = {
  begin: (demand) =>
    new Promise((resolve) => {
      goOn = resolve
      reply({ kind: 'decode', demand })
    }),
  end: () => reply({ kind: 'decoded' }),
}

port.on('message', (order: IntakeOrder) => {
  if (order.kind === 'go') {
    goOn()
    return
  }
  runIntakeJob(order, reply, watch).catch((error: unknown) => {
    const detail = error instanceof Error ? error.message : 'unknown error'
    reply({
      kind: 'failed',
      error: {
        kind: 'image',
        reason: 'unreadable',
        message: `“${order.name}” could not be read (${detail}).`,
      },
    })
  })
})
