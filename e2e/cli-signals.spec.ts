import { runCli, startCli, type Run } from './cli-process.ts'
import { expect, test } from './fixtures.ts'
import { FakeMathpix } from '../testing/node/fake-mathpix.ts'

let fake: FakeMathpix
test.beforeEach(async () => {
  fake = await FakeMathpix.start()
})
test.afterEach(() => fake.stop())

/** A POST is at the server, and not answered. */
async function sending(data: string): Promise<{ running: Run; reply: () => void }> {
  const held = fake.hold()
  const args = ['convert', 'https://example.org/formula.png', '--engine', 'mathpix', '--data', data]
  const running = startCli(fake, args, { isWrapped: true })
  return { running, reply: await held }
}

/** As a terminal does it: to the whole group, whose first process hands it on besides. */
const signalGroup = ({ child }: Run, signal: NodeJS.Signals) => process.kill(-(child.pid ?? 0), signal)

const list = async (data: string) => (await runCli(fake, ['batch', 'list', '--data', data])).stdout

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) {
  test(`one ${signal} to the whole group waits for the reply to a POST`, async ({ folder }) => {
    const { running, reply } = await sending(folder)
    signalGroup(running, signal)
    await expect.poll(running.stderr).toContain('Waiting for the reply')
    // The terminal that was written to is gone.
    if (signal === 'SIGHUP') {
      running.child.stdout?.destroy()
      running.child.stderr?.destroy()
    }
    reply()
    expect(await running.ended).toBe(130)
    expect(await list(folder)).toMatch(/unfinished .*batch_id 17$/m)
  })
}

test('a second Ctrl-C, later, ends at once and keeps the batch as unclear', async ({ folder }) => {
  const { running } = await sending(folder)
  signalGroup(running, 'SIGINT')
  await expect.poll(running.stderr).toContain('Ctrl-C once more ends at once')
  signalGroup(running, 'SIGINT')
  expect(await running.ended).toBe(130)
  const listed = await list(folder)
  expect(listed).toContain('unfinished')
  expect(listed).not.toContain('batch_id')
})
