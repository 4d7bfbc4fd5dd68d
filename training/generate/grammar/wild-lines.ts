import type { Rng } from '../rng.ts'
import { bracketed, known, row, scripted, setScene } from './wild.ts'
import { relation } from './wild-signs.ts'

/** Matrices, cases and lines of wild expressions. */
export function wildLines(rng: Rng): string {
  const scene = setScene(rng, 0, 4)
  const cell = (budget: number) => {
    scene.left = budget
    return row(scene, rng.chance(0.6) ? 3 : 2)
  }
  const lines = rng.int(2, rng.chance(0.3) ? 5 : 3)
  const head = rng.chance(0.6) ? `${known(scene)}${rng.chance(0.3) ? bracketed(scene, 3) : ''}=` : ''
  const join = (parts: readonly string[]) => parts.join(' \\\\ ')
  const repeat = (make: () => string) => Array.from({ length: lines }, make)
  return rng.weighted<() => string>([
    [
      6,
      () => {
        const name = rng.pick([
          'pmatrix',
          'pmatrix',
          'bmatrix',
          'bmatrix',
          'vmatrix',
          'matrix',
          'Vmatrix',
          'Bmatrix',
        ])
        // One column without brackets is a pile of lines, which has another spelling.
        const columns = rng.int(name === 'matrix' ? 2 : 1, 4)
        const size = rng.int(1, 2)
        const entry = () => (rng.chance(0.06) ? rng.pick(['\\cdots', '\\vdots', '\\ddots']) : cell(size))
        const rows = repeat(() => Array.from({ length: columns }, entry).join(' & '))
        return `${head}\\begin{${name}}${join(rows)}\\end{${name}}${rng.chance(0.3) ? scripted(scene, 3, '') : ''}`
      },
    ],
    [
      4,
      () => {
        const condition = () =>
          rng.chance(0.6)
            ? `\\text{${rng.pick(['if ', 'if ', 'for ', 'when ', 'where '])}}${cell(2)}${relation(rng)}${cell(1)}`
            : rng.pick(['\\text{otherwise}', '\\text{else}', `${cell(1)}${relation(rng)}${cell(1)}`])
        const comma = rng.chance(0.5) ? ',' : ''
        return `${head}\\begin{cases}${join(repeat(() => `${cell(4)}${comma} & ${condition()}`))}\\end{cases}`
      },
    ],
    [
      4,
      () =>
        `\\begin{aligned}${join(repeat(() => `${cell(3)} & ${relation(rng)}${cell(rng.int(2, 6))}`))}\\end{aligned}`,
    ],
    [
      2,
      () => `\\begin{gathered}${join(repeat(() => `${cell(3)}${relation(rng)}${cell(3)}`))}\\end{gathered}`,
    ],
    [
      1.5,
      () =>
        `\\left\\{\\begin{array}{l}${join(repeat(() => `${cell(3)}${relation(rng)}${cell(3)}`))}\\end{array}\\right.`,
    ],
  ])()
}
