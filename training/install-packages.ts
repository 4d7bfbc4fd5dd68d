import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { debianMathFaces, eastAsianFace } from './faces.ts'
import { python } from './processes.ts'

/** Torch and the typefaces that only training draws with, from Debian's packages. */
export function installPackages(): void {
  const hasTorch = spawnSync(python, ['-c', 'import torch, numpy']).status === 0
  const packages = [
    ...(hasTorch ? [] : ['python3-torch', 'python3-numpy', 'libopenblas0-pthread']),
    ...[...debianMathFaces, eastAsianFace]
      .filter(({ file }) => !existsSync(file))
      .map((face) => face.package),
  ]
  if (packages.length === 0) return
  console.error(`Installing ${packages.join(', ')} (Debian packages).`)
  spawnSync('apt-get', ['update'], { stdio: 'inherit' })
  if (spawnSync('apt-get', ['install', '-y', ...packages], { stdio: 'inherit' }).status !== 0) {
    throw new Error(`Install these packages as root: apt-get install -y ${packages.join(' ')}`)
  }
}
