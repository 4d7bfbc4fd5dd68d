/**
 * Every typeface that training images are made with, and those kept for `samples/` only. Nearly all come from the npm registry:
 * MathJax's fonts (Apache-2.0) and `@fontsource/*` (OFL-1.1 unless listed in `apacheFaces`); two are Debian packages.
 */
export type MathFace = 'newcm' | 'tex' | 'stix2' | 'modern' | 'termes'

export const mathFaces: readonly MathFace[] = ['newcm', 'tex', 'stix2']

const words = (list: string): readonly string[] => list.trim().split(/\s+/)

/** Complete math faces in OpenType: every sign of the formula is redrawn with theirs. */
export const mathOutlineFaces: readonly string[] = ['libertinus-math', 'noto-sans-math']

/** Of Debian's packages (OFL-1.1); they train only, so the evaluation draws the same pictures with and without them. */
export const debianMathFaces: readonly {
  readonly package: string
  readonly file: string
  /** Signs that this face draws as another sign is drawn elsewhere. */
  readonly without: string
}[] = [
  {
    package: 'fonts-oflb-asana-math',
    file: '/usr/share/fonts/opentype/asana-math/Asana-Math.otf',
    without: '≤≥',
  },
  { package: 'fonts-stix', file: '/usr/share/fonts/opentype/stix-word/STIXMath-Regular.otf', without: '' },
]

/** Book faces with true italics, Greek or both: with the signs of a math face they make a math typeface of their own. */
export const bookFaces = words(`
  cardo gfs-didot old-standard-tt stix-two-text gentium-book-plus libertinus-serif cormorant-garamond alegreya spectral neuton
`)

/** Print faces that replace letters, digits and signs; those with italics serve variables too. */
export const textFaces = words(`
  arimo atkinson-hyperlegible carlito dejavu-sans eb-garamond lato libre-baskerville lora merriweather noto-sans nunito
  open-sans pt-serif roboto source-sans-3 source-serif-4 tinos gelasio ibm-plex-sans ibm-plex-serif inter fira-sans work-sans
  noto-serif vollkorn bitter domine zilla-slab cabin karla montserrat poppins pt-sans rubik mulish literata newsreader
  courier-prime baskervville
`)

/** Faces that look like handwriting. */
export const handFaces = words(`
  annie-use-your-telescope architects-daughter bad-script balsamiq-sans caveat caveat-brush cedarville-cursive comic-neue
  covered-by-your-grace delius gaegu gloria-hallelujah gochi-hand grandstander handlee indie-flower itim kalam
  nanum-pen-script neucha patrick-hand playpen-sans reenie-beanie schoolbell shadows-into-light shantell-sans short-stack
  swanky-and-moo-moo the-girl-next-door yomogi nothing-you-could-do just-me-again-down-here la-belle-aurore coming-soon
  crafty-girls loved-by-the-king waiting-for-the-sunrise over-the-rainbow sunshiney dawning-of-a-new-day zeyada give-you-glory
  permanent-marker kristi sedgwick-ave mansalva hi-melody gamja-flower poor-story mali pangolin chilanka dekko fuzzy-bubbles
  edu-sa-beginner edu-nsw-act-foundation edu-qld-beginner edu-tas-beginner edu-vic-wa-nt-beginner klee-one zen-kurenaido
  hachi-maru-pop mynerve delicious-handrawn single-day rancho marck-script calligraffitti beth-ellen long-cang liu-jian-mao-cao
  zhi-mang-xing playwrite-us-trad playwrite-us-modern playwrite-de-grund playwrite-fr-moderne playwrite-it-moderna playwrite-es
  playwrite-in playwrite-nl
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
export const apacheFaces = words(
  'schoolbell homemade-apple calligraffitti coming-soon crafty-girls permanent-marker rancho sunshiney',
)

/** Chinese and Japanese pages of the evaluation are drawn with this face of a Debian package (Apache-2.0). */
export const eastAsianFace = {
  package: 'fonts-droid-fallback',
  file: '/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf',
} as const
