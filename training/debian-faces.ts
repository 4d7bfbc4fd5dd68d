import { debianMathFaces } from './faces.ts'
import { loadMathFile, type OutlineFace } from './generate/outlines.ts'

/** The math faces of Debian packages that are installed; says which are not. */
export function loadDebianFaces(): OutlineFace[] {
  return debianMathFaces.flatMap(({ package: name, file, without }) => {
    const face = loadMathFile(file, without)
    if (!face) console.error(`Without the typeface of the Debian package ${name}, which is not installed.`)
    return face ?? []
  })
}
