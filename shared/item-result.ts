import type { Item, PreviousResult } from './batch.ts'
import { failItem, omit } from './batch-changes.ts'
import type { AppError } from './errors.ts'
import { isFailedResult, type OcrResult } from './mathpix.ts'
import { settle } from './outstanding.ts'
import { redactDeep, redactText } from './redact.ts'

/**
 * What an engine's answer makes of an item. An edit stays; a failed run does not replace an earlier good
 * result.
 */
export function applyResult(item: Item, raw: OcrResult): Item {
  const result = isFailedResult(raw) ? redactResult(raw) : raw
  if (!isFailedResult(raw)) {
    const { submissionId } = item
    return {
      ...omit(item, 'error', 'answeredBy'),
      ...keepResult(item),
      state: 'completed',
      result,
      ...(submissionId === undefined ? {} : { answeredBy: submissionId }),
    }
  }
  const error = toItemError(result)
  const answered = item.submissionId === undefined ? item : settle(item, item.submissionId)
  const hasGoodResult = item.result !== undefined && !isFailedResult(item.result)
  return { ...failItem(answered, error), ...(hasGoodResult ? {} : { result }) }
}

/** How many earlier results an item keeps; they are written with each of its changes. */
const MAX_PREVIOUS_RESULTS = 5

/** A good result that is about to be replaced goes to the earlier ones. */
function keepResult({ result, answeredBy, previousResults = [] }: Item): Pick<Item, 'previousResults'> {
  if (result === undefined || isFailedResult(result)) return {}
  const kept: PreviousResult = { result, ...(answeredBy === undefined ? {} : { submissionId: answeredBy }) }
  return { previousResults: [...previousResults, kept].slice(-MAX_PREVIOUS_RESULTS) }
}

function toItemError(result: OcrResult): AppError {
  const { id = 'unknown', message, ...detail } = result.error_info ?? {}
  const said = message ?? result.error ?? ''
  return {
    kind: 'mathpix',
    id,
    message: said === '' ? 'The server reported an error without a message.' : said,
    ...(Object.keys(detail).length === 0 ? {} : { detail }),
  }
}

/** Addresses in an error may carry signatures or keys, and results are shown and exported raw. */
function redactResult(result: OcrResult): OcrResult {
  return {
    ...result,
    ...(typeof result.error === 'string' ? { error: redactText(result.error) } : {}),
    ...(result.error_info ? { error_info: redactDeep(result.error_info) as OcrResult['error_info'] } : {}),
  }
}
