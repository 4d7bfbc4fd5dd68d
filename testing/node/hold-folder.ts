import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { lockNameOf } from '../../node/folder-lock.ts'

const program = `
const server = require('node:net').createServer()
server.on('error', ({ code }) => console.log(code))
server.listen(process.argv[1].replace('@', '\\0'), () => console.log('held'))`

/** Another process that tries to hold a folder; it says `held` and goes on until it is killed, or why it could not. */
export async function holdElsewhere(folder: string): Promise<{ said: string; child: ChildProcess }> {
  const name = lockNameOf(folder).replace('\0', '@')
  const child = spawn(process.execPath, ['-e', program, name], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return { said: said.toString().trim(), child }
}

/** As a crash would. Resolves when the process is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
