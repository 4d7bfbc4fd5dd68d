import { LATEX_FORMATS, TEXT_FORMATS } from '../../shared/option-values.ts'
import {
  COPY_FORMAT_NAMES,
  DOCUMENT_FORMAT_NAMES,
  type CopyFormat,
  type DocumentFormat,
} from '../../shared/output-formats.ts'

/** The formats of the protocol, which are asked for and printed as they come. */
export const PRINTED_FORMATS: readonly string[] = [...new Set([...LATEX_FORMATS, ...TEXT_FORMATS])]

/** Where the protocol has the same name, its own format is meant. */
const made = <Name extends string>(names: readonly Name[]): Name[] =>
  names.filter((name) => !PRINTED_FORMATS.includes(name))
const MADE_FORMATS: readonly CopyFormat[] = made(COPY_FORMAT_NAMES)

/** A format of ours for the lines that are printed. */
export const findMade = (name: string | undefined): CopyFormat | undefined =>
  MADE_FORMATS.find((format) => format === name)
/** A document, which is written when all is read. */
export const findDocument = (name: string | undefined): DocumentFormat | undefined =>
  DOCUMENT_FORMAT_NAMES.find((format) => format === name)

export const USAGE = `Usage: formulift convert <files, folders, URLs…> [options]
       formulift batch list | resume ID | export ID | remove ID [options]

  --format NAME     what to ask for and print: ${PRINTED_FORMATS.join(', ')};
                    what to print the LaTeX as: ${MADE_FORMATS.join(', ')};
                    or a document for --out: ${DOCUMENT_FORMAT_NAMES.join(', ')}
  --engine NAME     local (default) or mathpix (keys in MATHPIX_APP_ID and MATHPIX_APP_KEY or MATHPIX_APP_KEY_FILE;
                    they go to MATHPIX_API or api.mathpix.com, by https, and nowhere else)
  --out FILE        write the output to a file instead of stdout; it appears when it is whole. Without --format, the ending .docx, .tex, .md,
                    .html, .typ, .csv or .tsv makes that document. tex_files and raw_files write into a folder, in which nothing is replaced
  --json            one JSON object a line: file, latex, confidence, error, result
  --data DIR        where batches are kept (also FORMULIFT_DATA)

A batch that was stopped, by Ctrl-C, a full disk or the end of the process, is kept. “batch resume” finishes it: what was sent
is asked for, never sent again. “batch export” prints what is there. Batches sent to Mathpix are kept when they are done, too.

  --send-again      with resume: send images again of which no reply tells whether they were accepted (may bill them twice)
  --give-up         with resume: count these images as failed
  --yes             with remove: also when images are paid for and not fetched

Exit code: 0 all images succeeded, 1 at least one failed, 2 wrong usage or nothing could be begun,
3 the batch is kept unfinished, 130 stopped by a signal and kept.`

/** Exit codes of every command. */
export const EXIT = { done: 0, failed: 1, usage: 2, unfinished: 3, stopped: 130 } as const
