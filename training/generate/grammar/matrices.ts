import type { Rng } from '../rng.ts'
import { digit, integer, variable } from './atoms.ts'
import { expression, polynomial, term } from './algebra.ts'

type Cell = (rng: Rng, row: number, column: number, rows: number, columns: number) => string

const signedDigit = (rng: Rng) => `${rng.chance(0.28) ? '-' : ''}${rng.int(0, 9)}`

/** One kind of entry for a whole matrix: matrices are seldom a mixture of everything. */
function chooseCell(rng: Rng): Cell {
  const letter = rng.pick([...'aaaabcxmvw'])
  const names = rng.pick(['abcdefghi', 'abcdefghi', 'xyzuvwrst', 'pqrstuvwx', 'ABCDEFGHI'])
  const angle = rng.pick(['\\theta', '\\theta', '\\alpha', '\\phi', 't', 'x'])
  return rng.weighted<Cell>([
    [10, signedDigit],
    [3, (r) => `${r.chance(0.3) ? '-' : ''}${r.int(0, r.chance(0.4) ? 120 : 20)}`],
    [2, (r) => (r.chance(0.5) ? '0' : r.pick(['1', '1', '1', '-1', 'a', '2']))],
    [2, (r, row, column) => (row === column ? r.pick(['1', '1', '\\lambda', 'a', 'k']) : '0')],
    [2.5, (_r, row, column, rows, columns) => `${letter}_{${index(row, column, rows, columns)}}`],
    [3, (_r, row, column, _rows, columns) => names[(row * columns + column) % names.length] ?? 'a'],
    [2, (r) => r.pick([() => signedDigit(r), () => variable(r), () => `${digit(r)}${variable(r)}`])()],
    [1, (r) => r.pick([`\\cos ${angle}`, `\\sin ${angle}`, `-\\sin ${angle}`, '0', '1'])],
    [
      1,
      (r) =>
        r.chance(0.5) ? `\\frac{${r.chance(0.2) ? '-' : ''}${digit(r)}}{${r.int(2, 12)}}` : signedDigit(r),
    ],
    [1, (r) => `${r.chance(0.2) ? '-' : ''}${r.int(0, 9)}.${r.int(0, r.chance(0.5) ? 9 : 99)}`],
    [0.8, (r, row, column) => (row === column ? `${r.pick(['a', '2', '1', 'x'])}-\\lambda` : signedDigit(r))],
    [0.8, (r) => r.pick([polynomial, (q: Rng) => term(q, 0)])(r)],
    [0.7, (r) => (r.chance(0.3) ? `\\sqrt{${r.int(2, 9)}}` : signedDigit(r))],
    [0.7, (_r, row, column) => `\\frac{\\partial f_{${row + 1}}}{\\partial x_{${column + 1}}}`],
    [0.4, (r) => r.pick(['i', '-i', '0', '1', '1+i', '2i'])],
  ])
}

function index(row: number, column: number, rows: number, columns: number): string {
  if (columns === 1) return String(row + 1)
  return rows === 1 ? String(column + 1) : `${row + 1}${column + 1}`
}

function fill(rng: Rng, rows: number, columns: number, cell = chooseCell(rng)): string {
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (__, column) => cell(rng, row, column, rows, columns)).join(' & '),
  ).join(' \\\\ ')
}

function size(rng: Rng): readonly [number, number] {
  return rng.weighted<readonly [number, number]>([
    [8, [2, 2]],
    [8, [3, 3]],
    [4, [2, 1]],
    [4, [3, 1]],
    [3, [2, 3]],
    [2.5, [3, 2]],
    [1.5, [1, 2]],
    [1.5, [1, 3]],
    [1.5, [3, 4]],
    [1.5, [4, 4]],
    [1, [2, 4]],
    [1, [4, 1]],
    [0.8, [4, 3]],
    [0.6, [1, 4]],
    [0.5, [5, 1]],
    [0.4, [3, 5]],
    [0.3, [2, 5]],
  ])
}

type Fence = 'bmatrix' | 'pmatrix' | 'vmatrix' | 'Vmatrix' | 'Bmatrix'

const wrap = (fence: Fence, body: string) => `\\begin{${fence}}${body}\\end{${fence}}`
const chooseFence = (rng: Rng): Fence => rng.pick(['bmatrix', 'bmatrix', 'bmatrix', 'pmatrix', 'pmatrix'])

function dots(rng: Rng, fence: Fence): string {
  const a = rng.pick([...'aaabxcm'])
  const [m, n] = rng.pick([
    ['m', 'n'],
    ['n', 'n'],
    ['n', 'm'],
    ['n', 'p'],
  ] as const)
  return rng.weighted([
    [
      4,
      () =>
        wrap(
          fence,
          `${a}_{11} & ${a}_{12} & \\cdots & ${a}_{1${n}} \\\\ ${a}_{21} & ${a}_{22} & \\cdots & ${a}_{2${n}} \\\\ \\vdots & \\vdots & \\ddots & \\vdots \\\\ ${a}_{${m}1} & ${a}_{${m}2} & \\cdots & ${a}_{${m}${n}}`,
        ),
    ],
    [
      3,
      () =>
        wrap(
          fence,
          `${a}_{11} & \\cdots & ${a}_{1${n}} \\\\ \\vdots & \\ddots & \\vdots \\\\ ${a}_{${m}1} & \\cdots & ${a}_{${m}${n}}`,
        ),
    ],
    [4, () => wrap(fence, `${a}_{1} \\\\ ${a}_{2} \\\\ \\vdots \\\\ ${a}_{${n}}`)],
    [1.5, () => wrap(fence, `${a}_{1} & ${a}_{2} & \\cdots & ${a}_{${n}}`)],
    [
      1.5,
      () =>
        wrap(
          fence,
          `\\lambda_{1} & 0 & \\cdots & 0 \\\\ 0 & \\lambda_{2} & \\cdots & 0 \\\\ \\vdots & \\vdots & \\ddots & \\vdots \\\\ 0 & 0 & \\cdots & \\lambda_{${n}}`,
        ),
    ],
    [1, () => wrap(fence, `\\lambda_{1} & & \\\\ & \\ddots & \\\\ & & \\lambda_{${n}}`)],
  ])()
}

function augmented(rng: Rng): string {
  const rows = rng.pick([2, 2, 3, 3, 3])
  const left = rng.pick([2, 3, 3, rows])
  const right = rng.chance(0.8) ? 1 : rows
  const body = fill(rng, rows, left + right, rng.chance(0.8) ? signedDigit : chooseCell(rng))
  const columns = `${'c'.repeat(left)}|${'c'.repeat(right)}`
  return rng.chance(0.6)
    ? `\\left[\\begin{array}{${columns}}${body}\\end{array}\\right]`
    : `\\left(\\begin{array}{${columns}}${body}\\end{array}\\right)`
}

const matrixName = (rng: Rng) =>
  rng.weighted([
    [6, rng.pick([...'AAAABCMPQRTUXDHJKS'])],
    [2, `\\mathbf{${rng.pick([...'AABCMPRTXHKWx'])}}`],
    [1, `\\vec{${rng.pick([...'vuwabxr'])}}`],
    [1, `\\mathbf{${rng.pick([...'vuwabxy'])}}`],
    [0.5, `${rng.pick([...'ABP'])}^{${rng.pick(['-1', 'T', '2'])}}`],
    [
      0.3,
      rng.pick([
        '\\Sigma',
        '\\Lambda',
        'R(\\theta)',
        'J',
        'R_{\\theta}',
        'A-\\lambda I',
        'AB',
        'A+B',
        'I_{3}',
      ]),
    ],
  ])

const operation = (rng: Rng) => rng.pick(['+', '-', '', '', '', '\\cdot ', '\\times '])

/** Matrices, vectors and determinants of all kinds, alone and in equations. */
export function matrixFormulas(rng: Rng): string {
  const fence = chooseFence(rng)
  const one = (fixed?: readonly [number, number]) => wrap(fence, fill(rng, ...(fixed ?? size(rng))))
  const count = rng.pick([2, 2, 2, 3, 3, 4])
  const square = (kind: Fence = fence) => wrap(kind, fill(rng, count, count))
  const column = () => wrap(fence, fill(rng, count, 1))
  const unknowns = () => {
    const names = rng.pick(['xyzw', 'xyzw', 'abcd', 'uvwz'])
    const isIndexed = rng.chance(0.4)
    return wrap(
      fence,
      Array.from({ length: count }, (_, at) =>
        isIndexed ? `${names[0] ?? 'x'}_{${at + 1}}` : (names[at] ?? 'x'),
      ).join(' \\\\ '),
    )
  }
  return rng.weighted([
    [7, () => one()],
    [6, () => `${matrixName(rng)}=${one()}`],
    [3, () => square('vmatrix')],
    [
      2.5,
      () =>
        `${square('vmatrix')}=${rng.pick([() => integer(rng), () => `-${integer(rng)}`, () => '0', () => expression(rng)])()}`,
    ],
    [1.5, () => `${rng.pick(['\\det(A)=', '|A|=', '\\det A=', 'D=', '\\Delta='])}${square('vmatrix')}`],
    [1, () => `\\det${square()}=${integer(rng)}`],
    [3, () => `${square()}${unknowns()}=${column()}`],
    [2.5, () => `${one([count, count])}${operation(rng)}${one([count, count])}`],
    [1.5, () => `${square()}${operation(rng)}${square()}=${square()}`],
    [1.5, () => `${square()}${column()}=${column()}`],
    [
      2,
      () =>
        `${rng.pick([digit(rng), '\\frac{1}{2}', '-1', 'k', '\\lambda', `\\frac{1}{${integer(rng)}}`])}${one()}`,
    ],
    [1.5, () => `${one()}^{${rng.pick(['T', '-1', '2', 'n', '\\top', '\\mathrm{T}', 'k'])}}`],
    [
      1,
      () =>
        `${one([count, count])}^{-1}=${rng.pick(['\\frac{1}{ad-bc}', `\\frac{1}{${integer(rng)}}`, ''])}${square()}`,
    ],
    [
      2.5,
      () =>
        `${rng.chance(0.6) ? `${matrixName(rng)}=` : ''}${dots(rng, rng.chance(0.15) ? 'vmatrix' : fence)}`,
    ],
    [2, () => `${rng.chance(0.2) ? `${matrixName(rng)}=` : ''}${augmented(rng)}`],
    [0.8, () => `${augmented(rng)}${rng.pick(['\\rightarrow ', '\\sim '])}${augmented(rng)}`],
    [
      0.8,
      () =>
        `\\begin{vmatrix}\\mathbf{i} & \\mathbf{j} & \\mathbf{k} \\\\ ${fill(rng, 2, 3, signedDigit)}\\end{vmatrix}`,
    ],
    [
      1.2,
      () =>
        `${column()}${rng.pick(['+', '\\cdot ', '\\times ', `+${rng.pick(['t', 's', '\\lambda'])}`])}${column()}`,
    ],
    [1, () => `${unknowns()}=${column()}${rng.pick(['+t', '+s', '+\\lambda '])}${column()}`],
    [0.5, () => wrap('Bmatrix', fill(rng, ...size(rng)))],
    [0.5, () => square('Vmatrix')],
    [0.5, () => `\\operatorname{${rng.pick(['rank', 'tr'])}}${square()}`],
    [0.6, () => `\\begin{array}{${'c'.repeat(count)}}${fill(rng, count, count)}\\end{array}`],
    [0.5, () => `\\begin{array}{c|c}${fill(rng, rng.int(2, 4), 2)}\\end{array}`],
  ])()
}
