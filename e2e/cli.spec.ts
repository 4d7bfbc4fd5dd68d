import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, sampleFiles, test } from './fixtures.ts'

type Line = {
  file: string
  latex: string | null
  confidence: number | null
  error: unknown
  result: Record<string, unknown> | null
}

function formulift(
  ...args: string[]
): Promise<{ code: number; lines: Line[]; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const data = fs.mkdtempSync(path.join(os.tmpdir(), 'formulift-cli-'))
    const all = ['dist-electron/cli.js', ...args, '--data', data]
    execFile(process.execPath, all, (error, stdout, stderr) => {
      fs.rmSync(data, { recursive: true })
      const lines = args.includes('--json')
        ? stdout
            .trim()
            .split('\n')
            .filter(Boolean)
            .map((line) => JSON.parse(line) as Line)
        : []
      resolve({ code: error ? Number(error.code) : 0, lines, stdout, stderr })
    })
  })
}

test('convert writes one JSON object a line and exits 0 when all succeeded', async ({ images }) => {
  const [first = '', second = ''] = sampleFiles()
  const run = await formulift('convert', first, images.serve(second), '--json')
  expect(run.lines).toHaveLength(2)
  for (const line of run.lines) {
    expect(line.latex).toBeTruthy()
    expect(line.confidence).toBeGreaterThan(0)
    expect(line.error).toBeNull()
    expect(line.result).toHaveProperty('latex_styled')
  }
  expect(run.lines[0]?.file).toContain(path.basename(first))
  expect(run.code).toBe(0)
})

test('a file whose name is not valid UTF-8 is read, by itself and in its folder', async ({ folder }) => {
  const [sample = ''] = sampleFiles()
  const raw = Buffer.concat([Buffer.from(`${folder}/raw`), Buffer.of(0xff, 0x9b), Buffer.from('.png')])
  fs.copyFileSync(sample, raw)
  for (const input of [folder, `${folder}/raw\ufffd\ufffd.png`]) {
    const run = await formulift('convert', input, '--json')
    expect(run.lines.map(({ file, error }) => [path.basename(file), error])).toEqual([
      ['raw\ufffd\ufffd.png', null],
    ])
    expect(run.code).toBe(0)
  }
})

test('a folder is read whole, and one bad file costs the exit code but not the others', async ({
  folder,
}) => {
  for (const file of sampleFiles().slice(0, 2)) fs.copyFileSync(file, path.join(folder, path.basename(file)))
  fs.writeFileSync(path.join(folder, 'zz-empty.png'), '')
  const run = await formulift('convert', folder, '--json')
  expect(run.lines).toHaveLength(3)
  expect(run.lines.filter((line) => line.latex)).toHaveLength(2)
  expect(run.lines.find((line) => line.file.includes('zz-empty'))?.error).toBeTruthy()
  expect(run.code).toBe(1)
})

test('a requested format is what is printed', async () => {
  const run = await formulift('convert', sampleFiles()[1] ?? '', '--format', 'asciimath', '--json')
  expect(run.lines[0]?.result).toHaveProperty('asciimath')
})

test('wrong usage is explained with exit code 2', async () => {
  const run = await formulift('convert')
  expect(run.code).toBe(2)
  expect(run.stderr).toContain('convert')
})
