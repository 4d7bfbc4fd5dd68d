import type { Item } from './batch.ts'
import type { OcrResult } from './mathpix.ts'
import { splitMath, type CustomDelimiters } from './split-math.ts'

/**
 * The LaTeX that stands for a result, whichever formats were asked for: the styled form first, then the plainer ones, at last
 * `text`. A `text` that is one formula loses its delimiters; prose with math in it stays as it is. Undefined: nothing was read.
 */
export function bestLatex(result: OcrResult, custom: CustomDelimiters = {}): string | undefined {
  const { latex_styled, latex_simplified, latex_normal, latex, latex_list, text, text_display } = result
  for (const form of [latex_styled, latex_simplified, latex_normal, latex]) {
    if (form?.trim()) return form.trim()
  }
  const joined = latex_list?.filter((line) => line.trim()).join(' \\\\ ')
  if (joined) return joined
  const written = text?.trim() ? text : text_display
  return written?.trim() ? stripDelimiters(written, custom) : undefined
}

/** `\( x \)` → `x`; anything that is more than one formula in delimiters comes back as it was, trimmed. */
function stripDelimiters(text: string, custom: CustomDelimiters = {}): string {
  const parts = splitMath(text.trim(), custom).filter(({ source }) => source.trim() !== '')
  const [only] = parts
  return parts.length === 1 && only && only.kind !== 'prose' ? only.value : text.trim()
}

/** What is shown, edited, copied and exported for an item: the user's edit, else the best form of the result. */
export function shownLatex(
  item: Pick<Item, 'edit' | 'result'>,
  custom: CustomDelimiters = {},
): string | undefined {
  if (item.edit !== undefined) return item.edit
  return item.result ? bestLatex(item.result, custom) : undefined
}
