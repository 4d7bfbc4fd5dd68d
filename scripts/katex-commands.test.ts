import fs from 'node:fs'
import { createRequire } from 'node:module'
import katex from 'katex'
import 'katex/contrib/mhchem'
import { format } from 'prettier'
import { expect, it } from 'vitest'
import { katexMacros } from '../shared/katex-macros.ts'

const MOST_ARGUMENTS = 3
/** Known to KaTeX, but not of formulas: definitions, messages, addresses, one school's colours, and what needs a partner. */
const leftOut =
  /^(?:begin|end|left|right|[gex]?def|let|futurelet|global|long|expandafter|noexpand|relax|show|(?:err)?message|(?:provide|renew|new)command|html[A-Z]\w*|href|url|includegraphics|TextOrMath|DOTS[BIX]|(?:blue|gold|gray|green|maroon|mint|purple|red|teal)[A-I]|ka(?:Blue|Green))$/
const source = fs.readFileSync(createRequire(import.meta.url).resolve('katex'), 'utf8')

/** The MathML of a formula, or nothing where KaTeX refuses it. */
function typeset(latex: string): string | undefined {
  try {
    return katex.renderToString(latex, {
      output: 'mathml',
      displayMode: true,
      strict: 'ignore',
      macros: { ...katexMacros },
    })
  } catch {
    return undefined
  }
}

/** How many arguments in braces a command takes; undefined where it is not known in formulas. */
function countArguments(name: string): number | undefined {
  const counts = Array.from({ length: MOST_ARGUMENTS + 1 }, (_, count) => count)
  return counts.find((count) => typeset(`${name}${'{a}'.repeat(count)}`) !== undefined)
}

/** The one sign that a command draws; empty where it draws several or none. */
function signOf(name: string): string {
  const drawn = (typeset(name) ?? '').replace(/<annotation.*<\/annotation>/, '').replace(/<[^>]*>/g, '')
  return /^\S$/u.test(drawn) ? drawn : ''
}

it('the commands that are offered while one types are those of KaTeX', async () => {
  const words = new Set(
    [...source.matchAll(/["'](?:\\\\)?([A-Za-z]{2,}\*?)["']/g)].map(([, word = '']) => word),
  )
  const names = [...words, ...Object.keys(katexMacros).map((name) => name.slice(1)), 'ce', 'pu'].sort()
  const signs: Record<string, string> = {}
  const commands: Record<string, number> = {}
  for (const name of new Set(names.map((word) => `\\${word}`))) {
    const count = leftOut.test(name.slice(1)) ? undefined : countArguments(name)
    if (count === undefined) continue
    const sign = count === 0 ? signOf(name) : ''
    if (sign === '') commands[name] = count
    else signs[name] = sign
  }
  const environments = names.filter((name) =>
    ['', '{c}', '{1}'].some((columns) => typeset(`\\begin{${name}}${columns}a\\end{${name}}`) !== undefined),
  )
  const written = await format(JSON.stringify({ signs, commands, environments }), { parser: 'json' })
  await expect(written).toMatchFileSnapshot('../renderer/features/editor/katex-commands.json')
})
