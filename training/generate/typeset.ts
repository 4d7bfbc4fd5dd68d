import { mathjax } from '@mathjax/src/js/mathjax.js'
import { TeX } from '@mathjax/src/js/input/tex.js'
import { SVG } from '@mathjax/src/js/output/svg.js'
import { liteAdaptor } from '@mathjax/src/js/adaptors/liteAdaptor.js'
import { RegisterHTMLHandler } from '@mathjax/src/js/handlers/html.js'
import '@mathjax/src/js/input/tex/base/BaseConfiguration.js'
import '@mathjax/src/js/input/tex/ams/AmsConfiguration.js'
import '@mathjax/src/js/input/tex/newcommand/NewcommandConfiguration.js'
import '@mathjax/src/js/input/tex/boldsymbol/BoldsymbolConfiguration.js'
import '@mathjax/src/js/input/tex/cancel/CancelConfiguration.js'
import '@mathjax/src/js/util/asyncLoad/esm.js'
import { capitals, scriptCode } from './alphabets.ts'
import type { MathFace } from '../faces.ts'

const adaptor = liteAdaptor()
RegisterHTMLHandler(adaptor)

/** Typesets one formula as SVG markup; `undefined` when MathJax finds an error in it. */
export type Typesetter = (latex: string, display?: boolean) => string | undefined

/** What MathJax lacks here, spelled with what it has. */
function spellOut(latex: string): string {
  return latex
    .replace(/\\tag\s*\{([^{}]*)\}/g, '\\qquad\\quad ($1)')
    .replace(/\\longdiv\s*\{([^{}]*)\}/g, '\\,\\big)\\mkern-3mu\\overline{\\,$1}')
    .replace(/\\bmod(?![a-zA-Z])/g, '\\ \\mathrm{mod}\\ ')
}

const exported: Record<MathFace, string> = {
  newcm: 'MathJaxNewcmFont',
  tex: 'MathJaxTexFont',
  stix2: 'MathJaxStix2Font',
  modern: 'MathJaxModernFont',
  termes: 'MathJaxTermesFont',
}

/** Loads a math typeface with all its parts. A formula is typeset in about a millisecond afterwards. */
export async function createTypesetter(face: MathFace): Promise<Typesetter> {
  const module = (await import(`@mathjax/mathjax-${face}-font/mjs/svg.js`)) as Record<
    string,
    new () => object
  >
  const Font = module[exported[face]]
  if (!Font) throw new Error(`No font class in ${face}`)
  const output = new SVG({
    fontCache: 'none',
    fontData: Font,
    dynamicPrefix: `@mathjax/mathjax-${face}-font/mjs/svg/dynamic`,
    linebreaks: { inline: false },
    mtextInheritFont: false,
  })
  // The options of a font are protected, and are the only way to say where its parts lie.
  const font = output.font as unknown as {
    loadDynamicFiles?: () => Promise<unknown>
    options: Record<string, unknown>
  }
  font.options['dynamicPrefix'] = `@mathjax/mathjax-${face}-font/mjs/svg/dynamic`
  await font.loadDynamicFiles?.()
  const input = new TeX({
    packages: ['base', 'ams', 'newcommand', 'boldsymbol', 'cancel'],
    formatError: (_jax: unknown, error: Error) => {
      throw error
    },
  })
  const document = mathjax.document('', { InputJax: input, OutputJax: output })
  const typeset: Typesetter = (latex, display = true) => {
    try {
      const node: unknown = document.convert(spellOut(latex), { display })
      const markup = adaptor.innerHTML(node as never)
      return markup.includes('data-mjx-error') || markup.includes('<text')
        ? undefined
        : markup.replace(/ data-latex="[^"]*"/g, '')
    } catch {
      return undefined
    } finally {
      // A document keeps every formula it ever converted.
      document.clear()
      input.reset()
    }
  }
  return nameScript(typeset)
}

const capital = /data-c="(4[1-9A-F]|5[0-9A])" d="([^"]*)"/g

/** Calligraphic capitals bear the code points of plain ones: here they get those of the script alphabet. */
function nameScript(typeset: Typesetter): Typesetter {
  const calligraphic = new Set(
    [...(typeset(`\\mathcal{${capitals.join(' ')}}`) ?? '').matchAll(capital)].map(([, , path = '']) => path),
  )
  return (latex, display) =>
    typeset(latex, display)?.replace(capital, (whole, code: string, path: string) => {
      const name = calligraphic.has(path)
        ? scriptCode(String.fromCodePoint(Number.parseInt(code, 16)))
        : undefined
      return name === undefined ? whole : `data-c="${name}" d="${path}"`
    })
}
