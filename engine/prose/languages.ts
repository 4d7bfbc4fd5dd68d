/** Mathpix's codes of the alphabets that words are read in (`alphabets_allowed`); Vietnamese has one of its own there. */
export type Alphabet = 'en' | 'vi' | 'ru' | 'zh' | 'ja'

/** By Tesseract's codes, which name the data. */
export type LanguageCode = keyof typeof LANGUAGES

export type Language = {
  readonly name: string
  readonly alphabet: Alphabet
  /** Its commonest short words as somebody reads them who knows no accents: they tell the language, and are never formulas. */
  readonly frequent: ReadonlySet<string>
  /** Words of one letter, which may as well be variables. */
  readonly loneLetters: ReadonlySet<string>
}

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/).filter(Boolean))

export const LANGUAGES = {
  eng: {
    name: 'English',
    alphabet: 'en',
    frequent: words(
      'the of and is in to that for with be are by this from we if as it on find show let where which has have then not',
    ),
    loneLetters: words('a A I'),
  },
  deu: {
    name: 'German',
    alphabet: 'en',
    frequent: words(
      `der die das und ist nicht ein eine einer einen mit von den dem des zu auf fur aus wir sich auch bei nach durch dass sei
       sind gilt uber wie so es im da an am ob`,
    ),
    loneLetters: words(''),
  },
  fra: {
    name: 'French',
    alphabet: 'en',
    frequent: words(
      'le la les des et est une un dans pour que qui sur par avec ce cette sont nous du au aux on se il de en ou tout ne',
    ),
    loneLetters: words('à a y À'),
  },
  spa: {
    name: 'Spanish',
    alphabet: 'en',
    frequent: words(
      'el los las del una un es en que por para con se su como este esta son cuando si al lo de la no sea tal',
    ),
    loneLetters: words('y a o e A Y O E'),
  },
  por: {
    name: 'Portuguese',
    alphabet: 'en',
    frequent: words(
      'os as do da dos das uma um em que por para com se na no nos como nao sao ao de seja cada mais ou',
    ),
    loneLetters: words('a o e é à A O E É'),
  },
  ita: {
    name: 'Italian',
    alphabet: 'en',
    frequent: words(
      'il lo gli di del della che un una per con si nel nella sono da come dei alla le al la ogni non in se suo',
    ),
    loneLetters: words('e è a i o E È I A O'),
  },
  vie: {
    name: 'Vietnamese',
    alphabet: 'vi',
    frequent: words(
      `cho la va cua mot cac trong voi khi thi ta do nay duoc so neu tren co bang nhung khong hai sau vi sao tim tinh da moi
       ham giai rang den no ve ra`,
    ),
    loneLetters: words('ở Ở y'),
  },
  rus: {
    name: 'Russian',
    alphabet: 'ru',
    frequent: words(
      'и в не на что по для от из как это то при если так его её до за же ли мы но все есть где тогда пусть или ее их',
    ),
    loneLetters: words('в с к и а о у я В С К И А О У Я'),
  },
  chi_sim: {
    name: 'simplified Chinese',
    alphabet: 'zh',
    frequent: words(''),
    loneLetters: words(''),
  },
  jpn: { name: 'Japanese', alphabet: 'ja', frequent: words(''), loneLetters: words('') },
} as const satisfies Readonly<Record<string, Language>>

/** In the order in which they are thought of. */
export const languageCodes = Object.keys(LANGUAGES) as readonly LanguageCode[]

/** Those of `languages` whose alphabet is not barred (`alphabets_allowed`: a code with `false`; what is not named is allowed). */
export function allowLanguages(
  languages: ReadonlySet<LanguageCode>,
  alphabets: Readonly<Record<string, boolean>>,
): ReadonlySet<LanguageCode> {
  return new Set([...languages].filter((code) => alphabets[LANGUAGES[code].alphabet] !== false))
}

/** Written without blanks, in signs that all stand in squares of one size. */
export function isInSquares(code: LanguageCode): boolean {
  return code === 'chi_sim' || code === 'jpn'
}

/** A word as a reader without accents sees it: `für` is `fur`. */
export function fold(word: string): string {
  return word
    .normalize('NFD')
    .replace(/(?<=[A-Za-z])\p{M}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
}
