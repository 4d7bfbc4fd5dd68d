import path from 'node:path'

/** Made by programs, and not there in a fresh checkout. */
const made = /^(?:dist|dist-electron|release|training\/(?:data|runs))(?:\/|$)/

/**
 * Paths in a document, in links and in backticks, behind which nothing is, each as `document: path`. In backticks a path begins with a
 * folder at the root or beside the document; a part of it with `*`, `{` or a name in capitals, and what follows, stand for others.
 */
export function findDeadPaths(
  documents: readonly { readonly file: string; readonly text: string }[],
  isThere: (path: string) => boolean,
): string[] {
  return documents.flatMap(({ file, text }) => {
    const folder = path.posix.dirname(file)
    const beside = (target: string) => path.posix.join(folder, target)
    const links = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)\s]*)?\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target) && !isThere(beside(target)))
    const named = [...text.matchAll(/`([\w.@-]+\/[^`\s]*)[^`\n]*`/g)]
      .map(([, target = '']) => target.replace(/\/[^/]*(?:[*{<]|\b[A-Z]+\b).*$|\/$/, ''))
      .filter((target) => {
        const [first = ''] = target.split('/')
        if (made.test(target) || made.test(beside(target))) return false
        if (!isThere(first) && !isThere(beside(first))) return false
        return !isThere(target) && !isThere(beside(target))
      })
    return [...links, ...named].map((target) => `${file}: ${target}`)
  })
}
