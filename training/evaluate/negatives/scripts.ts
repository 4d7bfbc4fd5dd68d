import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import opentype, { type Font } from 'opentype.js'
import type { Rng } from '../../generate/rng.ts'
import { frame } from './drawings.ts'

const require = createRequire(import.meta.url)

/** Words of everyday talk, in faces that training loads for their Latin letters only. */
const alphabets: readonly {
  readonly faces: readonly string[]
  readonly subset: string
  readonly words: string
}[] = [
  {
    faces: ['noto-serif', 'inter', 'rubik', 'montserrat'],
    subset: 'cyrillic',
    words:
      'сегодня утром мы долго шли через старый город потом сели у реки и пили горячий чай дети играли рядом громко смеясь никто никуда не спешил',
  },
  {
    faces: ['noto-serif', 'noto-sans', 'gfs-didot'],
    subset: 'greek',
    words:
      'σήμερα το πρωί περπατήσαμε στην παλιά πόλη και μετά καθίσαμε δίπλα στη θάλασσα ενώ τα παιδιά έπαιζαν χαρούμενα κοντά μας χωρίς βιασύνη',
  },
  {
    faces: ['rubik'],
    subset: 'hebrew',
    words:
      'הבוקר הלכנו לאט ברחובות העיר העתיקה ואחר כך ישבנו ליד הים ושתינו תה חם הילדים שיחקו לידינו וצחקו בקול',
  },
  {
    faces: ['rubik'],
    subset: 'arabic',
    words:
      'مشينا هذا الصباح في المدينة القديمة ثم جلسنا قرب البحر وشربنا الشاي الساخن وكان الأطفال يلعبون بالقرب منا',
  },
  {
    faces: ['mali', 'sriracha', 'itim'],
    subset: 'thai',
    words: 'เช้านี้ เรา เดิน ผ่าน เมือง เก่า แล้ว นั่ง ริม แม่น้ำ ดื่ม ชา ร้อน เด็ก เล่น ใกล้ เรา หัวเราะ เสียง ดัง',
  },
  {
    faces: ['kalam', 'noto-sans', 'poppins'],
    subset: 'devanagari',
    words: 'आज सुबह हम पुराने शहर से होकर चले फिर नदी के पास बैठ कर गरम चाय पी बच्चे पास में खेल रहे थे',
  },
  {
    faces: ['chilanka'],
    subset: 'malayalam',
    words: 'ഇന്ന് രാവിലെ ഞങ്ങൾ പഴയ നഗരത്തിലൂടെ നടന്നു പിന്നെ പുഴയുടെ അരികിൽ ഇരുന്നു ചൂടുള്ള ചായ കുടിച്ചു',
  },
]

/** Faces of thousands of signs, whose files hold a few dozen each. */
const wholeScripts = [
  'yomogi',
  'klee-one',
  'hachi-maru-pop',
  'gaegu',
  'nanum-pen-script',
  'long-cang',
  'liu-jian-mao-cao',
]

export type ScriptPrinter = (rng: Rng) => { readonly svg: string; readonly script: string }

/** Prints one to five lines in a script that is not Latin, as black outlines. */
export function createScriptPrinter(): ScriptPrinter {
  const fonts = new Map<string, Font | undefined>()
  const open = (face: string, subset: string): Font | undefined => {
    const key = `${face}-${subset}`
    if (!fonts.has(key)) fonts.set(key, openFont(face, subset))
    return fonts.get(key)
  }
  return (rng) => {
    for (;;) {
      if (rng.chance(0.35)) {
        const face = rng.pick(wholeScripts)
        const subset = rng.pick(listParts(face))
        const font = open(face, subset)
        const signs = font ? listSigns(font) : []
        if (font && signs.length >= 12) return { svg: printSigns(font, signs, rng), script: face }
      } else {
        const { faces, subset, words } = rng.pick(alphabets)
        const font = open(rng.pick(faces), subset)
        if (font) return { svg: printWords(font, words.split(' '), rng), script: subset }
      }
    }
  }
}

function folderOf(face: string): string {
  return path.join(path.dirname(require.resolve(`@fontsource/${face}/package.json`)), 'files')
}

/** A few of the files (11 of 1,835) hold what opentype.js cannot unpack: they are as good as not there. */
function openFont(face: string, subset: string): Font | undefined {
  const file = path.join(folderOf(face), `${face}-${subset}-400-normal.woff`)
  if (!existsSync(file)) return undefined
  const bytes = readFileSync(file)
  try {
    return opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  } catch {
    return undefined
  }
}

function listParts(face: string): string[] {
  const numbered = new RegExp(`^${face}-(\\d+)-400-normal\\.woff$`)
  return readdirSync(folderOf(face))
    .flatMap((name) => numbered.exec(name)?.[1] ?? [])
    .sort()
}

/** Kana, Hangul and Han of a file that do have an outline. */
function listSigns(font: Font): string[] {
  const signs: string[] = []
  for (const [from, to] of [
    [0x3041, 0x30ff],
    [0x4e00, 0x9fff],
    [0xac00, 0xd7a3],
  ] as const) {
    for (let code = from; code <= to && signs.length < 60; code += 1) {
      const sign = String.fromCodePoint(code)
      if (font.charToGlyphIndex(sign) > 0) signs.push(sign)
    }
  }
  return signs
}

function printSigns(font: Font, signs: readonly string[], rng: Rng): string {
  const size = rng.between(20, 40)
  const [perLine, lines] = [rng.int(4, 16), rng.int(1, 4)]
  let body = ''
  for (let line = 0; line < lines; line += 1) {
    for (let place = 0; place < perLine; place += 1)
      body += font
        .getPath(rng.pick(signs), 6 + place * size * 1.05, (line + 1) * size * 1.4, size)
        .toPathData(1)
  }
  return sheet(perLine * size * 1.05 + 12, (lines + 0.5) * size * 1.4, body)
}

function printWords(font: Font, words: readonly string[], rng: Rng): string {
  const size = rng.between(20, 36)
  const [measure, lines] = [rng.int(160, 480), rng.int(1, 5)]
  let body = ''
  let widest = 0
  for (let line = 0; line < lines; line += 1) {
    let x = 6
    while (x < measure) {
      const word = rng.pick(words)
      const letters = /\p{Script=Hebrew}/u.test(word) ? [...word].reverse() : [...word]
      // Sign by sign: the joining rules of some of these faces are more than the library knows.
      if (/\p{Script=Arabic}/u.test(word)) {
        body += font.getPath(word, x, (line + 1) * size * 1.4, size).toPathData(1)
        x += font.getAdvanceWidth(word, size)
      } else {
        for (const letter of letters) {
          body += font.getPath(letter, x, (line + 1) * size * 1.4, size).toPathData(1)
          x += font.getAdvanceWidth(letter, size)
        }
      }
      x += 0.3 * size
    }
    widest = Math.max(widest, x)
  }
  return sheet(widest + 6, (lines + 0.6) * size * 1.4, body)
}

function sheet(width: number, height: number, d: string): string {
  return frame(Math.ceil(width), Math.ceil(height), `<path d="${d}" fill="#000" stroke="none"/>`)
}
