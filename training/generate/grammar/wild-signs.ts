import type { Rng } from '../rng.ts'

/** The single signs, words and names of which wild formulas are made. Repeated entries come more often. */

const spread = (list: string): string[] => list.trim().split(/\s+/)
export const small = [...'abcdefghijklmnopqrstuvwxyz']
const large = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const greek = spread(
  '\\alpha \\beta \\gamma \\delta \\epsilon \\varepsilon \\zeta \\eta \\theta \\vartheta \\iota \\kappa \\lambda \\mu \\nu \\xi \\pi \\rho \\sigma \\tau \\upsilon \\phi \\varphi \\chi \\psi \\omega',
)
const largeGreek = spread('\\Gamma \\Delta \\Theta \\Lambda \\Xi \\Pi \\Sigma \\Upsilon \\Phi \\Psi \\Omega')
const special = spread(
  '\\infty \\partial \\nabla \\ell \\hbar \\emptyset \\Re \\Im \\aleph \\wp \\top \\bot \\star \\dagger \\bullet \\circ \\angle \\triangle',
)
const functions = spread(
  '\\sin \\cos \\tan \\cot \\sec \\csc \\arcsin \\arccos \\arctan \\sinh \\cosh \\tanh \\log \\ln \\exp \\det \\dim \\ker \\gcd \\deg \\arg \\Pr \\max \\min \\sup \\inf',
)
export const words = spread(
  'if otherwise and or for all where with when else max min eff tot in out ext const span rank sgn diag tr var cov erf sinc lcm Re Im arg mod res Hom id vol supp kin pot rot ref obs true false sech csch erfc sign exp log Res Ai Bi Li Si Ci Chi Shi Tr conv diag comb tanh std mean train test data',
)
/** Three italic letters of `exp` are a product in a book and a function in a notebook: longer words only. */
const longWords = words.filter((word) => word.length > 3)
const syllables = spread(
  'a al an ar at ba bel bin ca co com con cor de den di dis ed el en er es ex fac fi for fre ga ge ha he il im in ing io is it ja ka ke la le li lo ma men mi mo na ne no nor num o of on op or out pa pe per po pre pro qua ra ran re ri ro sa se si so sta sum ta te ten ti tion to tor tra u un ut va var ve vi wa wid xi ya ze',
)

/** A name of several letters, as programs and statistics have them. */
function pronounceable(rng: Rng): string {
  const name = Array.from({ length: rng.int(1, 4) }, () => rng.pick(syllables)).join('')
  return rng.chance(0.2) ? `${name.charAt(0).toUpperCase()}${name.slice(1)}` : name
}

/** A name typed as single letters, which TeX sets in italics; now and then with a number behind it. */
export function spelledName(rng: Rng): string {
  return `${rng.chance(0.4) ? rng.pick(longWords) : pronounceable(rng)}${rng.chance(0.12) ? String(rng.int(0, 12)) : ''}`
}
export const binary = spread(
  '+ + + + - - - - \\cdot \\times / * \\pm \\mp \\div \\oplus \\otimes \\circ \\wedge \\vee \\cap \\cup \\backslash \\ominus \\odot',
)
const relations = spread(
  '= = = = = = = \\leq \\geq < > \\neq \\approx \\equiv \\sim \\simeq \\cong \\propto \\in \\notin \\subset \\subseteq \\supset \\ll \\gg \\to \\rightarrow \\Rightarrow \\Leftrightarrow \\leftarrow \\mapsto := \\mid | \\parallel \\perp \\prec \\succ \\leqslant \\geqslant \\vdash \\models \\asymp \\doteq',
)
export const operators = spread(
  '\\sum \\sum \\sum \\prod \\bigcup \\bigcap \\bigoplus \\bigotimes \\coprod \\bigvee \\bigwedge',
)
export const integrals = spread('\\int \\int \\int \\iint \\oint \\iiint')
export const limits = spread('\\lim \\max \\min \\sup \\inf \\limsup \\liminf')
const accents = spread(
  '\\hat \\hat \\bar \\bar \\tilde \\vec \\dot \\ddot \\overline \\underline \\widehat \\widetilde \\check \\breve \\overrightarrow',
)
const fonts = spread('\\mathbf \\mathbf \\mathbf \\mathcal \\mathcal \\mathbb \\mathbb \\mathfrak \\mathrm')
/** Weight, opening, closing. */
export const brackets: readonly (readonly [number, string, string])[] = [
  [12, '(', ')'],
  [4, '[', ']'],
  [2, '\\{', '\\}'],
  [2.5, '|', '|'],
  [1, '\\|', '\\|'],
  [1, '\\langle ', '\\rangle '],
  [0.7, '\\lfloor ', '\\rfloor '],
  [0.5, '\\lceil ', '\\rceil '],
]

export function relation(rng: Rng): string {
  return `${rng.pick(relations)} `
}

/** One letter, digit or sign, of any kind. */
export function sign(rng: Rng): string {
  return rng.weighted([
    [30, () => rng.pick(small)],
    [16, () => rng.pick(large)],
    [14, () => `${rng.pick(greek)} `],
    [4, () => `${rng.pick(largeGreek)} `],
    [3, () => `${rng.pick(special)} `],
    [4, () => styled(rng)],
    [4, () => `${rng.pick(accents)}{${rng.pick(rng.chance(0.6) ? small : [...large, ...greek])}}`],
  ])()
}

/** Calligraphic and blackboard faces have capitals only. */
function styled(rng: Rng): string {
  const font = rng.pick(fonts)
  const hasSmall = !['\\mathcal', '\\mathbb'].includes(font)
  return `${font}{${rng.pick(hasSmall && rng.chance(0.45) ? small : large)}}`
}

export function number(rng: Rng): string {
  return rng.weighted([
    [30, () => String(rng.int(0, 9))],
    [10, () => String(rng.int(10, 999))],
    [3, () => `${String(rng.int(0, 99))}.${String(rng.int(0, 9999))}`],
    [1, () => String(rng.int(1000, 999999))],
  ])()
}

export function named(rng: Rng): string {
  return rng.chance(0.7)
    ? `${rng.pick(functions)}${rng.chance(0.25) ? `^{${rng.chance(0.6) ? '2' : '-1'}}` : ''}`
    : `\\operatorname{${rng.chance(0.6) ? rng.pick(words) : pronounceable(rng)}}`
}
