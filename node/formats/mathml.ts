import { createRow, listRow, type MathNode } from './math-tree.ts'
import { APPLY, spellLetters } from './math-signs.ts'

/** A formula in presentation MathML, with the namespace, letters of other alphabets as signs of their own, and no annotation. */
export function writeMathml(formula: MathNode, isDisplay: boolean): string {
  const display = isDisplay ? ' display="block"' : ''
  return `<math xmlns="http://www.w3.org/1998/Math/MathML"${display}>${listRow(formula).map(write).join('')}</math>`
}

const signs: Readonly<Record<string, string>> = { '\u2015': '\u203e' }

function write(node: MathNode): string {
  const { name, attributes, children, text } = node
  switch (name) {
    case 'mi':
    case 'mn':
    case 'mo':
    case 'mtext':
    case 'ms':
      return writeToken(node)
    case 'fenced': {
      const { open = '', close = '' } = attributes
      const fence = (mark: string, form: string) =>
        `<mo fence="true" form="${form}" stretchy="true">${escapeXml(mark)}</mo>`
      return element(
        'mrow',
        {},
        `${fence(open, 'prefix')}${children.map(write).join('')}${fence(close, 'postfix')}`,
      )
    }
    case 'mspace':
      return `<mspace width="${attributes['width'] ?? '0'}"/>`
    case 'mtd':
      return element(name, {}, listRow(createRow(children)).map(write).join(''))
    default:
      return element(name, attributes, text === '' ? children.map(write).join('') : escapeXml(text))
  }
}

function writeToken(node: MathNode): string {
  const { name, attributes, text } = node
  if (text === APPLY) return '<mo>\u2061</mo>'
  const { mathvariant, ...others } = attributes
  // A single letter leans by itself.
  const isUpright = name === 'mi' && mathvariant === 'normal' && Array.from(text).length === 1
  const shown = spellLetters({ ...node, text: signs[text] ?? text })
  return element(name, isUpright ? { ...others, mathvariant } : others, escapeXml(shown))
}

function element(name: string, attributes: Readonly<Record<string, string>>, content: string): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
  return `<${name}${written.join('')}>${content}</${name}>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as it stands in XML and HTML; what XML cannot hold is left out. */
export const escapeXml = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- these are what XML cannot hold
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (sign) => entities[sign] ?? sign)
