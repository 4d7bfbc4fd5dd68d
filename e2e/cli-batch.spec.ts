import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { runCli, startCli } from './cli-process.ts'
import { expect, sampleFiles, test } from './fixtures.ts'
import { envelope, FakeMathpix, answerWith } from '../testing/node/fake-mathpix.ts'

const start = (fake: FakeMathpix, data: string, ...args: string[]) =>
  startCli(fake, [...args, '--data', data])
const run = (fake: FakeMathpix, data: string, ...args: string[]) => runCli(fake, [...args, '--data', data])

const batchPosts = (fake: FakeMathpix) => fake.posts().length
const onlyId = (stdout: string) => /^(\w+) /m.exec(stdout)?.[1] ?? ''

/** Accepts the batch, and answers no poll until it is told to. */
function holdBack(fake: FakeMathpix): void {
  fake.next.push(fake.answerNormally, ...Array.from({ length: 400 }, () => fake.answerFirst(0)))
}

let fake: FakeMathpix
test.beforeEach(async () => {
  fake = await FakeMathpix.start()
})
test.afterEach(() => fake.stop())

const address = 'https://example.org/formula.png'

for (const [name, signal, wantedCode] of [
  ['killed', 'SIGKILL', -1],
  ['stopped by Ctrl-C', 'SIGINT', 130],
] as const) {
  test(`a run that is ${name} is finished by another process without a second POST`, async ({ folder }) => {
    const data = path.join(folder, 'data')
    const out = path.join(folder, 'out.jsonl')
    holdBack(fake)
    const first = start(fake, data, ...['convert', address, '--engine', 'mathpix', '--json', '--out', out])
    await expect.poll(() => first.stderr(), { timeout: 20_000 }).toContain('batch_id 17: 1 images')
    first.child.kill(signal)
    expect(await first.ended).toBe(wantedCode)
    expect(fs.existsSync(out)).toBe(false)

    const listed = await run(fake, data, 'batch', 'list')
    expect(listed.stdout).toMatch(/^\w+ {2}unfinished {2}0 of 1 .*batch_id 17$/m)
    const id = onlyId(listed.stdout)
    fake.next.length = 0
    const second = await run(fake, data, 'batch', 'resume', id)
    expect(second.stderr).toContain('The results are kept')
    expect(second.code).toBe(0)
    expect(batchPosts(fake)).toBe(1)
    const line = JSON.parse(fs.readFileSync(out, 'utf8')) as { latex: string }
    expect(line.latex).toContain('read')
    expect(fs.readdirSync(folder).filter((entry) => entry.includes('out.jsonl'))).toEqual(['out.jsonl'])

    const exported = await run(fake, data, 'batch', 'export', id, '--json')
    expect(exported.code).toBe(0)
    expect(JSON.parse(exported.stdout)).toEqual(line)
    expect((await run(fake, data, 'batch', 'remove', id)).code).toBe(0)
    expect((await run(fake, data, 'batch', 'list')).stdout).toBe('')
  })
}

test('after a lost reply nothing is sent again unless the user says so', async ({ folder }) => {
  fake.next.push(fake.acceptAndHangUp)
  const first = await run(fake, folder, 'convert', address, '--engine', 'mathpix')
  expect(first.code).toBe(3)
  const id = /resume (\w+)/.exec(first.stderr)?.[1] ?? ''
  const again = await run(fake, folder, 'batch', 'resume', id)
  expect(again.stderr).toContain('It is not known whether 1 images were accepted')
  expect(again.code).toBe(3)
  expect(batchPosts(fake)).toBe(1)
  expect((await run(fake, folder, 'batch', 'resume', id, '--give-up')).code).toBe(1)
  expect(batchPosts(fake)).toBe(1)
})

for (const [name, refusal] of [
  [
    'the keys are refused',
    answerWith(envelope('http_unauthorized', { message: 'Invalid credentials' }), 401),
  ],
  ['the server forbids it', answerWith({ error: 'forbidden' }, 403)],
  ['the server takes the request for a bad one', answerWith({ error: 'bad' }, 400)],
  ['the server answers with an error of its own', answerWith(envelope('opts_unknown', { message: 'What?' }))],
] as const) {
  test(`a paid batch is asked for by each resume, also when ${name}`, async ({ folder }) => {
    fake.next.push(fake.answerNormally, refusal)
    const first = await run(fake, folder, 'convert', address, '--engine', 'mathpix')
    expect(first.stderr).toContain('The batch is kept unfinished')
    expect(first.code).toBe(3)
    const id = /resume (\w+)/.exec(first.stderr)?.[1] ?? ''
    fake.next.push(refusal)
    expect((await run(fake, folder, 'batch', 'resume', id)).code).toBe(3)
    expect((await run(fake, folder, 'batch', 'list')).stdout).toContain('unfinished')
    expect((await run(fake, folder, 'batch', 'export', id)).code).toBe(3)
    const last = await run(fake, folder, 'batch', 'resume', id)
    expect(last.stdout).toContain('read')
    expect(last.code).toBe(0)
    expect(batchPosts(fake)).toBe(1)
  })
}

test('a file that cannot be written is told before anything is sent', async ({ folder }) => {
  const data = path.join(folder, 'data')
  const nowhere = path.join(folder, 'missing', 'out.txt')
  const pipe = path.join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  for (const [target, reason] of [
    [pipe, 'it is not a file'],
    [nowhere, 'its folder is not there'],
    [folder, 'it is a folder'],
  ] as const) {
    const refused = await run(fake, data, 'convert', address, '--engine', 'mathpix', '--out', target)
    expect(refused.stderr).toContain(reason)
    expect(refused.code).toBe(2)
  }
  expect(fake.requests).toHaveLength(0)
  expect(fs.readdirSync(data)).toEqual([])
})

test('pipes where runs should be do not hold up the list, and the usual devices are written to', async ({
  folder,
}) => {
  fs.mkdirSync(path.join(folder, 'abc'))
  execFileSync('mkfifo', [path.join(folder, 'abc', 'run.json')])
  for (const [out, wanted] of [
    ['/dev/null', ''],
    ['/dev/stdout', 'read'],
  ] as const) {
    const done = await run(fake, folder, 'convert', address, '--engine', 'mathpix', '--out', out)
    expect(done.stdout).toContain(wanted)
    expect(done.code).toBe(0)
  }
  expect((await run(fake, folder, 'batch', 'list')).stdout.match(/done/g)).toHaveLength(2)
})

test('an image that is read is never written over', async ({ folder }) => {
  const data = path.join(folder, 'data')
  const image = path.join(folder, 'image.jpg')
  fs.copyFileSync(sampleFiles()[0] ?? '', image)
  fs.linkSync(image, path.join(folder, 'linked.txt'))
  const before = fs.readFileSync(image)
  for (const [input, out] of [
    [image, image],
    [image, path.join(folder, 'linked.txt')],
    [folder, image],
  ] as const) {
    const refused = await run(fake, data, 'convert', input, '--engine', 'mathpix', '--out', out)
    expect(refused.stderr).toContain('it is one of the images that are read')
    expect(refused.code).toBe(2)
  }
  expect(fs.readFileSync(image)).toEqual(before)
  expect(fake.requests).toHaveLength(0)
  expect(fs.readdirSync(data)).toEqual([])
})

test('what is paid for and not fetched is removed only on purpose, and fetched only by its account', async ({
  folder,
}) => {
  fake.next.push(
    fake.answerNormally,
    answerWith(envelope('http_unauthorized', { message: 'Invalid credentials' }), 401),
  )
  const first = await run(fake, folder, 'convert', address, '--engine', 'mathpix')
  const id = /resume (\w+)/.exec(first.stderr)?.[1] ?? ''
  const asked = fake.requests.length
  const env = { MATHPIX_APP_ID: 'somebody-else' }
  const other = await runCli(fake, ['batch', 'resume', id, '--data', folder], { env })
  expect(other.stderr).toMatch(/batch_id 17 was sent to 127\.0\.0\.1:\d+ at .* with another MATHPIX_APP_ID/)
  expect(other.code).toBe(2)
  expect(fake.requests).toHaveLength(asked)
  const refused = await run(fake, folder, 'batch', 'remove', id)
  expect(refused.stderr).toContain('1 image is paid for and not fetched.')
  expect(refused.code).toBe(2)
  expect((await run(fake, folder, 'batch', 'list')).stdout).toContain(id)
  expect((await run(fake, folder, 'batch', 'remove', id, '--yes')).code).toBe(0)
  expect((await run(fake, folder, 'batch', 'list')).stdout).toBe('')
})

test('a reader that leaves ends the list quietly', async ({ folder }) => {
  for (let count = 0; count < 2; count += 1)
    await run(fake, folder, 'convert', address, '--engine', 'mathpix')
  const listing = startCli(fake, ['batch', 'list', '--data', folder])
  listing.child.stdout?.destroy()
  expect(await listing.ended).toBe(0)
  expect(listing.stderr()).toBe('')
})

test('a second process leaves a batch alone that another works on', async ({ folder }) => {
  holdBack(fake)
  const first = start(fake, folder, 'convert', address, '--engine', 'mathpix')
  await expect.poll(() => first.stderr(), { timeout: 20_000 }).toContain('batch_id')
  const listed = await run(fake, folder, 'batch', 'list')
  expect(listed.stdout).toContain('running')
  for (const command of ['resume', 'remove']) {
    const second = await run(fake, folder, 'batch', command, onlyId(listed.stdout))
    expect(second.stderr).toContain('Another process works on batch')
    expect(second.code).toBe(2)
  }
  fake.next.length = 0
  expect(await first.ended).toBe(0)
})

test('a run on this computer leaves nothing behind, and says when a format cannot be had', async ({
  folder,
  images,
}) => {
  const [sample = ''] = sampleFiles()
  const twice = ['/formula.jpg?page=1', '/formula.jpg?page=2'].map((name) => images.serve(sample, name))
  const data = path.join(folder, 'data')
  const done = await run(fake, data, 'convert', ...twice)
  expect(done.stdout).toMatch(/\?page=… \(1\) .*\n.*\?page=… \(2\) /)
  expect(done.code).toBe(0)
  const refused = await run(fake, data, 'convert', sample, '--format', 'wolfram')
  expect(refused.stdout).toContain('The engine gave no wolfram for this image.')
  expect(refused.code).toBe(1)
  expect(fs.readdirSync(data)).toEqual([])
})

test('names and results cannot speak to the terminal', async ({ folder }) => {
  const escape = String.fromCharCode(27)
  const file = path.join(folder, `a${escape}]0;title${String.fromCharCode(7)}.png`)
  fs.writeFileSync(file, 'no image')
  const told = await run(fake, path.join(folder, 'data'), 'convert', file)
  expect(told.stdout).toContain('a␛]0;title␇.png')
  expect(told.stdout + told.stderr).not.toContain(escape)
})
