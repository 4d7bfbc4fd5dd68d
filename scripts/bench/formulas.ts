import fs from 'node:fs'
import path from 'node:path'
import { Transformer } from '@napi-rs/image'
import { generateCases } from '../../training/evaluate/cases.ts'

/** The same formulas in every run. */
const SEED = 1

/** Writes `count` generated held-out formulas as PNG files into `folder` and returns their paths. */
export async function writeFormulas(folder: string, count: number): Promise<string[]> {
  const files: string[] = []
  for (const [index, one] of (await generateCases(count, 0, SEED)).entries()) {
    const { data, width, height, channels } = await one.load()
    const rgba = Buffer.alloc(width * height * 4, 255)
    for (let pixel = 0; pixel < width * height; pixel += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        rgba[pixel * 4 + channel] = data[pixel * channels + (channels === 1 ? 0 : channel)] ?? 255
      }
    }
    const file = path.join(folder, `formula-${String(index).padStart(3, '0')}.png`)
    fs.writeFileSync(file, await Transformer.fromRgbaPixels(rgba, width, height).png())
    files.push(file)
  }
  return files
}
