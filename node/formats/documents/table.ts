import Papa from 'papaparse'
import type { WriteDocument } from './document.ts'

/**
 * A table with one row for each image. A cell that a spreadsheet would run as a formula (`=`, `+`, `-`, `@`, a tab) begins with an
 * apostrophe, and the file with the mark by which spreadsheets know UTF-8.
 */
const createTable =
  (delimiter: string): WriteDocument =>
  (items) => {
    const rows = items.map(({ line, formula, error }) => ({
      key: line.key,
      file: line.file,
      latex: formula?.latex ?? '',
      confidence: line.confidence ?? '',
      error: error ?? '',
    }))
    const columns = ['key', 'file', 'latex', 'confidence', 'error']
    const content = Papa.unparse(rows, { columns, delimiter, escapeFormulae: true, newline: '\r\n' })
    return Promise.resolve({ content: `\ufeff${content}\r\n`, problems: [] })
  }

export const TABLE_DOCUMENTS = { csv: createTable(','), tsv: createTable('\t') } as const
