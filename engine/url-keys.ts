import { findStringEnd } from './parse-json.ts'
import { takeTurns } from './take-turns.ts'

/**
 * The keys of the top-level member `urls` in the order of the JSON text. A JavaScript object would put keys like "10" first;
 * the reply of the GET promises the sender's own order. `json` must be valid JSON; a repeated key counts where it stood first.
 */
export async function readUrlKeys(json: string): Promise<string[]> {
  const turn = takeTurns()
  const keys = new Set<string>()
  let depth = 0
  let member = ''
  let isInUrls = false
  for (let at = 0; at < json.length; at += 1) {
    const mark = json[at]
    if (mark === '"') {
      const end = findStringEnd(json, at)
      if ((depth === 1 || (depth === 2 && isInUrls)) && isFollowedByColon(json, end)) {
        const name = String(JSON.parse(json.slice(at, end)))
        if (depth === 1) member = name
        else keys.add(name)
      }
      at = end - 1
      await turn()
    } else if (mark === '{' || mark === '[') {
      depth += 1
      if (depth === 2) {
        isInUrls = mark === '{' && member === 'urls'
        // The last of several `urls` members is the one that JSON.parse keeps.
        if (isInUrls) keys.clear()
      }
    } else if (mark === '}' || mark === ']') {
      depth -= 1
      if (depth === 1) isInUrls = false
    }
  }
  return [...keys]
}

function isFollowedByColon(json: string, from: number): boolean {
  let at = from
  while (at < json.length && ' \t\r\n'.includes(json[at] ?? '')) at += 1
  return json[at] === ':'
}
