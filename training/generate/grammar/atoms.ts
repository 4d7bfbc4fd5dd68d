import type { Rng } from '../rng.ts'

const commonVariables = [...'xxxxxxxxyyyyzztnabmkuvpqrs']
const letters = [...'abcdefghijklmnopqrstuvwxyz']
const capitals = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const greek = (
  'alpha alpha beta beta gamma delta epsilon varepsilon zeta eta theta theta theta iota kappa lambda lambda mu mu nu xi ' +
  'pi pi pi rho sigma sigma tau phi varphi chi psi omega omega vartheta'
).split(' ')
const greekCapitals = 'Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega'.split(' ')

/** Chooses the letters of the next formula. */
export function chooseLetters(rng: Rng): void {
  const count = rng.weighted([
    [5, 1],
    [4, 2],
    [2, 3],
  ])
  rng.letters = []
  rng.letters = Array.from({ length: count }, () => variable(rng))
}

export function variable(rng: Rng): string {
  if (rng.letters.length > 0 && rng.chance(0.72)) return rng.pick(rng.letters)
  return rng.weighted([
    [70, () => rng.pick(commonVariables)],
    [14, () => rng.pick(letters)],
    [7, () => rng.pick(capitals)],
    [9, () => `\\${rng.pick(greek)}`],
  ])()
}

export function anyLetter(rng: Rng): string {
  return rng.weighted([
    [5, () => rng.pick(letters)],
    [4, () => rng.pick(capitals)],
    [3, () => `\\${rng.pick(greek)}`],
    [0.8, () => `\\${rng.pick(greekCapitals)}`],
    [
      0.2,
      () =>
        rng.pick([
          '\\ell',
          '\\hbar',
          '\\Re',
          '\\Im',
          '\\nabla',
          '\\partial',
          '\\aleph',
          '\\emptyset',
          '\\Upsilon',
        ]),
    ],
  ])()
}

export function capital(rng: Rng): string {
  return rng.pick(capitals)
}

export function greekLetter(rng: Rng): string {
  return `\\${rng.pick(greek)}`
}

/** Small positive whole numbers, as school books have them. */
export function integer(rng: Rng): string {
  return rng.weighted([
    [60, () => String(rng.int(1, 9))],
    [25, () => String(rng.int(10, 99))],
    [8, () => String(rng.int(100, 999))],
    [3, () => String(rng.int(1000, 99999))],
    [4, () => '0'],
  ])()
}

export function digit(rng: Rng): string {
  return String(rng.int(1, 9))
}

export function decimal(rng: Rng): string {
  const whole = rng.chance(0.5) ? '0' : String(rng.int(1, 200))
  const part = Array.from({ length: rng.int(1, 4) }, () => rng.int(0, 9)).join('')
  return `${whole}${rng.chance(0.85) ? '.' : '{,}'}${part}`
}

export function number(rng: Rng): string {
  return rng.chance(0.12) ? decimal(rng) : integer(rng)
}

export function index(rng: Rng): string {
  return rng.weighted([
    [40, () => rng.pick([...'nkijmt'])],
    [40, () => String(rng.int(0, 9))],
    [5, () => String(rng.int(10, 20))],
    [8, () => `${rng.pick([...'nkij'])}${rng.pick(['+', '-'])}${rng.pick(['1', '1', '2'])}`],
    [6, () => `${rng.pick([...'ijmn'])}${rng.chance(0.2) ? ',' : ''}${rng.pick([...'jkn12'])}`],
    [3, () => `\\text{${rng.pick(['max', 'min', 'in', 'out', 'eff', 'tot', 'kin', 'ref'])}}`],
    [3, () => rng.pick(['0', '\\infty', '+', '-', 'A', 'B', 'x', 'y', 'r', 's', 'p'])],
  ])()
}

/** A letter, often with an index. */
export function indexed(rng: Rng): string {
  return `${variable(rng)}_{${index(rng)}}`
}

export function exponent(rng: Rng): string {
  return rng.weighted([
    [55, () => '2'],
    [16, () => '3'],
    [10, () => String(rng.int(4, 12))],
    [12, () => rng.pick([...'nmkxyt'])],
    [6, () => `-${rng.pick(['1', '1', '2', 'x', 'n', 't'])}`],
    [5, () => `${rng.pick(['2', '3', ''])}${rng.pick([...'nxk'])}${rng.pick(['+', '-'])}${digit(rng)}`],
    [4, () => `\\frac{${digit(rng)}}{${digit(rng)}}`],
    [3, () => `${digit(rng)}/${digit(rng)}`],
  ])()
}

const accents = [
  '\\bar',
  '\\hat',
  '\\vec',
  '\\vec',
  '\\tilde',
  '\\dot',
  '\\ddot',
  '\\overline',
  '\\mathbf',
  '\\mathbf',
]

export function accented(rng: Rng): string {
  const accent = rng.pick(accents)
  if (accent === '\\overline') {
    return rng.chance(0.6)
      ? `\\overline{${capital(rng)}${capital(rng)}}`
      : `\\overline{${variable(rng)}${rng.pick(['+', ''])}${variable(rng)}}`
  }
  const base = rng.weighted([
    [6, () => rng.pick([...'abcduvwxyzpqrnFEBAvu'])],
    [1, () => greekLetter(rng)],
  ])()
  return `${accent}{${base}}`
}

/** A factor in front of a letter: neither 0 nor 1. */
export function coefficient(rng: Rng): string {
  return rng.weighted([
    [60, () => String(rng.int(2, 9))],
    [25, () => String(rng.int(10, 50))],
    [4, () => String(rng.int(51, 999))],
    [7, () => decimal(rng)],
  ])()
}
