import type { ImportingFile } from './read-imports.ts'

/** Sets of files that import each other, directly or over others, each sorted by name: strongly connected components (Tarjan) of more than one. */
export function findCircles(files: readonly Pick<ImportingFile, 'file' | 'imports'>[]): string[][] {
  const importsOf = new Map(files.map(({ file, imports }) => [file, imports]))
  const numbers = new Map<string, number>()
  const waiting: string[] = []
  const circles: string[][] = []
  /** The lowest number that can be reached from a file. */
  const visit = (file: string): number => {
    const own = numbers.size
    numbers.set(file, own)
    waiting.push(file)
    let lowest = own
    for (const imported of importsOf.get(file) ?? []) {
      const number = numbers.get(imported)
      if (number === undefined) lowest = Math.min(lowest, visit(imported))
      else if (waiting.includes(imported)) lowest = Math.min(lowest, number)
    }
    if (lowest === own) {
      const circle = waiting.splice(waiting.indexOf(file))
      if (circle.length > 1 || importsOf.get(file)?.includes(file)) circles.push(circle.sort())
    }
    return lowest
  }
  for (const file of importsOf.keys()) if (!numbers.has(file)) visit(file)
  return circles
}
