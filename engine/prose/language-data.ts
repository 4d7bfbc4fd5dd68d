import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { languageCodes, type LanguageCode } from './languages.ts'

/** Where Tesseract finds the data of a language: a folder with `CODE.traineddata`, packed or not. */
export type LanguageData = { readonly folder: string; readonly isPacked: boolean }

/** Folders of a person's own data, as in a variable of the environment: separated as the system separates paths. */
export const LANGUAGES_VARIABLE = 'FORMULIFT_ENGINE_LANGUAGES'

/**
 * Looks for the data of each language that is read, first in the person's own folders, then in those that come with the program, then
 * in the packages `@tesseract.js-data/CODE`. Nothing is downloaded.
 */
export function findLanguageData(env: NodeJS.ProcessEnv = process.env): Map<LanguageCode, LanguageData> {
  const own = (env[LANGUAGES_VARIABLE] ?? '').split(path.delimiter).filter(Boolean)
  return new Map(
    languageCodes.flatMap((code) => {
      const data = findIn([...own, ...builtIn], code) ?? findPackage(code)
      return data ? [[code, data] as const] : []
    }),
  )
}

/** What no package has. The installed program names its own folder in the variable. */
const builtIn = ['../languages', '../engine/languages'].map((folder) =>
  path.join(import.meta.dirname, folder),
)

/** Adds folders to look in, for this process and the threads that it starts. */
export function addLanguageFolders(folders: readonly string[], env: NodeJS.ProcessEnv = process.env): void {
  env[LANGUAGES_VARIABLE] = [env[LANGUAGES_VARIABLE], ...folders].filter(Boolean).join(path.delimiter)
}

function findIn(folders: readonly string[], code: LanguageCode): LanguageData | undefined {
  for (const folder of folders) {
    if (existsSync(path.join(folder, `${code}.traineddata.gz`))) return { folder, isPacked: true }
    if (existsSync(path.join(folder, `${code}.traineddata`))) return { folder, isPacked: false }
  }
  return undefined
}

function findPackage(code: LanguageCode): LanguageData | undefined {
  const folder = locateFile(`@tesseract.js-data/${code}/package.json`)
  return folder === undefined ? undefined : findIn([path.join(path.dirname(folder), '4.0.0_best_int')], code)
}

/** A file of a package; inside of an archive files cannot be started or opened by others. */
export function locateFile(name: string): string | undefined {
  try {
    const file = createRequire(import.meta.url).resolve(name)
    return file.replace(/([\\/])app\.asar(?=[\\/])/, '$1app.asar.unpacked')
  } catch {
    return undefined
  }
}
