import { strToU8, zipSync } from 'fflate'
import type { FormulaWriter } from '../formula-writer.ts'
import { escapeXml } from '../mathml.ts'
import { writeOmml } from '../omml.ts'
import { readFormula } from '../read-formula.ts'
import { writeEach, writeFormula } from '../write-formulas.ts'
import type { WriteDocument } from './document.ts'

/** A Word document (ECMA-376): the key of each image as a heading, then its equation, or its prose with equations in the lines. */
export const writeDocx: WriteDocument = async (items, title) => {
  const problems: string[] = []
  const parts = await writeEach(items, ({ line, formula, error }) => {
    const head = paragraph(run(line.key), 'Heading2')
    if (!formula) return head + paragraph(run(error ?? 'Nothing was read.'))
    const { text, problem } = writeFormula(writer, formula)
    if (problem !== undefined) problems.push(`${line.key}: ${problem}`)
    return head + (text.startsWith('<w:p>') ? text : paragraph(text))
  })
  const body = `${paragraph(run(title), 'Heading1')}${parts.join('')}`
  const content = zipSync(
    Object.fromEntries(
      Object.entries({ ...PARTS, 'word/document.xml': writeBody(body) }).map(([name, xml]) => [
        name,
        [strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`), { mtime: ZIP_TIME }],
      ]),
    ),
  )
  return { content, problems }
}

const paragraph = (content: string, style?: string): string =>
  `<w:p>${style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}${content}</w:p>`
const run = (text: string): string => `<w:r><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`

const writer: FormulaWriter = {
  alone: (latex) => `<w:p><m:oMathPara>${writeOmml(readFormula(latex, true))}</m:oMathPara></w:p>`,
  inside: ({ latex, kind }) => writeOmml(readFormula(latex, kind === 'display')),
  // A line that ends in the image ends here; an empty one makes a paragraph.
  prose: (text) =>
    text
      .split(/\n\s*\n/)
      .map((part) => part.split('\n').map(run).join('<w:r><w:br/></w:r>'))
      .join('</w:p><w:p>'),
  passage: (content) => `<w:p>${content}</w:p>`,
}

/** Packages of the same content are the same. */
const ZIP_TIME = '1980-01-01'

const NAMESPACES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'

const writeBody = (body: string): string =>
  `<w:document ${NAMESPACES}><w:body>${body}<w:sectPr/></w:body></w:document>`

const styleOf = (id: string, name: string, size: number): string =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="80"/></w:pPr><w:rPr><w:sz w:val="${size}"/></w:rPr></w:style>`

const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${MAIN}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${MAIN}.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>`,
  'word/_rels/document.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  'word/styles.xml': `<w:styles ${NAMESPACES}><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>${styleOf('Heading1', 'heading 1', 36)}${styleOf('Heading2', 'heading 2', 22)}</w:styles>`,
}
