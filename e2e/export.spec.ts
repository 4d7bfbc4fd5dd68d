import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import type { ElectronApplication } from 'playwright/test'
import {
  COPY_FORMAT_NAMES,
  COPY_FORMATS,
  DOCUMENT_FORMATS,
  isFolderFormat,
} from '../shared/output-formats.ts'
import { keysOf } from '../shared/keys-of.ts'
import { expect, sampleFiles, test } from './fixtures.ts'
import { addFiles, convert, copyAs, editorOf, readClipboard, waitUntilDone } from './steps.ts'

const LATEX = '\\frac{a+b}{c}=42'

/** What the clipboard has of `LATEX`, by a piece that tells the format. */
const EXPECTED: Readonly<Record<(typeof COPY_FORMAT_NAMES)[number], string>> = {
  latex: LATEX,
  dollar: `$${LATEX}$`,
  inline: `\\(${LATEX}\\)`,
  bracket: `\\[${LATEX}\\]`,
  double_dollar: `$$${LATEX}$$`,
  equation: `\\begin{equation}\n${LATEX}\n\\end{equation}`,
  align: '\\begin{align}\n\\frac{a+b}{c}&=42\n\\end{align}',
  mathml:
    '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac><mo>=</mo><mn>42</mn></math>',
  typst: '$ frac(a + b, c) = 42 $',
  asciimath: '(a + b)/c = 42',
  unicode: '(a + b)/c = 42',
  markdown: `$$\n${LATEX}\n$$`,
  html: '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac><mo>=</mo><mn>42</mn></math>',
}

/** Answers the system's dialogs about where to save. */
async function saveTo(electron: ElectronApplication, place: string): Promise<void> {
  await electron.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen })
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, place)
}

test('a formula is copied in every format', async ({ app }) => {
  const { page, electron } = app
  await addFiles(app, sampleFiles().slice(0, 1))
  await convert(page)
  await waitUntilDone(page)
  await editorOf(page).fill(LATEX)
  for (const format of COPY_FORMAT_NAMES) {
    await copyAs(page, COPY_FORMATS[format].name)
    await expect.poll(() => readClipboard(app)).toBe(EXPECTED[format])
  }
  await copyAs(page, 'MathML')
  await expect
    .poll(() => electron.evaluate(({ clipboard }) => clipboard.readHTML()))
    .toContain('<m:oMathPara><m:oMath><m:f>')
})

test('a batch is exported in every format', async ({ app, folder }) => {
  const { page, electron } = app
  await addFiles(app, sampleFiles().slice(0, 2))
  await convert(page)
  await waitUntilDone(page)
  await editorOf(page).fill(LATEX)

  for (const format of keysOf(DOCUMENT_FORMATS)) {
    const { name, extension } = DOCUMENT_FORMATS[format]
    const place = isFolderFormat(format) ? path.join(folder, format) : path.join(folder, `all.${extension}`)
    await saveTo(electron, place)
    await page.getByRole('button', { name: /^Batch:/ }).click()
    await page.getByRole('menuitem', { name: 'Export…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Export 2 images' })
    await dialog.getByRole('radio', { name, exact: true }).check()
    await dialog.getByRole('button', { name: 'Export…' }).click()
    await expect(page.getByText(`Exported 2 images to ${path.basename(place)}`).first()).toBeVisible()
    if (isFolderFormat(format)) expect(fs.readdirSync(place)).toHaveLength(2)
    else expect(fs.statSync(place).size).toBeGreaterThan(100)
  }
  expect(fs.readFileSync(path.join(folder, 'all.tex'), 'utf8')).toContain(`\\[${LATEX}\\]`)
  expect(fs.readFileSync(path.join(folder, 'all.docx')).subarray(0, 2).toString()).toBe('PK')
  expect(fs.readFileSync(path.join(folder, 'all.html'), 'utf8')).toContain('<img src="data:image/')
})

test('the command line writes documents and formats', ({ folder }) => {
  const [first = ''] = sampleFiles()
  const formulift = (...args: string[]) =>
    execFileSync(process.execPath, ['dist-electron/cli.js', ...args, '--data', path.join(folder, 'data')], {
      encoding: 'utf8',
    })
  const docx = path.join(folder, 'all.docx')
  formulift('convert', first, '--out', docx)
  expect(fs.readFileSync(docx).subarray(0, 2).toString()).toBe('PK')
  const pages = path.join(folder, 'all.html')
  formulift('convert', first, '--out', pages)
  expect(fs.readFileSync(pages, 'utf8')).toContain('<img src="data:image/')
  const files = path.join(folder, 'files')
  formulift('convert', first, '--format', 'tex_files', '--out', files)
  formulift('convert', first, '--format', 'tex_files', '--out', files)
  expect(fs.readdirSync(files)).toHaveLength(2)
  expect(formulift('convert', first, '--format', 'typst')).toMatch(/\.jpg {2}[\d.]+ {2}\$ .+ \$\n$/)
})
