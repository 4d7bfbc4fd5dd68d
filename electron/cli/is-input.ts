import type { BigIntStats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { collectSources } from '../intake/collect-sources.ts'
import { isAddress } from './is-address.ts'

/**
 * Whether a file is one of the images to be read, itself or in a folder, under whatever name: by another path, a link of either kind, or
 * other capitals where the disk makes no difference.
 */
export async function isInput(file: string, inputs: readonly string[]): Promise<boolean> {
  const own = await look(file)
  if (!own?.isFile()) return false
  const paths = inputs.filter((input) => !isAddress(input))
  const { sources } = await collectSources(paths.map((path) => ({ kind: 'path', path })))
  const files = sources.flatMap((source) => (source.kind === 'path' ? source.path : []))
  const infos = await Promise.all(files.map(look))
  return infos.some((info) => info?.ino === own.ino && info.dev === own.dev)
}

const look = (file: string): Promise<BigIntStats | undefined> =>
  stat(file, { bigint: true }).catch(() => undefined)
