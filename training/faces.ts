/**
 * Every typeface that training images are made with, and those kept for `samples/` only. All come from the npm registry:
 * MathJax's fonts (Apache-2.0) and `@fontsource/*` (OFL-1.1 unless listed in `apacheFaces`).
 */
export type MathFace = 'newcm' | 'tex' | 'stix2' | 'modern' | 'termes'

export const mathFaces: readonly MathFace[] = ['newcm', 'tex', 'stix2']

const words = (list: string): readonly string[] => list.trim().split(/\s+/)

/** Print faces that replace letters, digits and signs; those with italics serve variables too. */
export const textFaces = words(`
  arimo atkinson-hyperlegible carlito dejavu-sans eb-garamond lato libre-baskerville lora merriweather noto-sans nunito
  open-sans pt-serif roboto source-sans-3 source-serif-4 tinos gelasio
`)

/** Faces that look like handwriting. */
export const handFaces = words(`
  annie-use-your-telescope architects-daughter bad-script balsamiq-sans caveat caveat-brush cedarville-cursive comic-neue
  covered-by-your-grace delius gaegu gloria-hallelujah gochi-hand grandstander handlee indie-flower itim kalam
  nanum-pen-script neucha patrick-hand playpen-sans reenie-beanie schoolbell shadows-into-light shantell-sans short-stack
  swanky-and-moo-moo the-girl-next-door yomogi
`)

/** Seen by nobody before the evaluation: `samples/` is drawn with these and training never is. */
export const sampleFaces: {
  readonly math: readonly MathFace[]
  readonly text: readonly string[]
  readonly hand: readonly string[]
} = {
  math: ['modern', 'termes'],
  text: ['crimson-text', 'libre-franklin'],
  hand: ['sriracha', 'nanum-brush-script', 'sue-ellen-francisco', 'homemade-apple'],
}

/** Of the faces above, those under Apache-2.0 instead of OFL-1.1. */
export const apacheFaces = words('schoolbell homemade-apple')
