import type { BatchHead } from './batch.ts'
import { MATHPIX_GLOBAL, type EngineChoice, type Settings } from './settings.ts'

/** Who is asked for a second opinion: this computer about what Mathpix read, and the Mathpix server that was asked last about what this computer read. */
export function chooseOtherEngine(
  { engine, submissions }: Pick<BatchHead, 'engine' | 'submissions'>,
  standard: Settings['engine'],
): EngineChoice {
  if (engine.kind === 'mathpix') return { kind: 'local' }
  const asked = submissions.map(({ engine }) => engine).findLast(({ kind }) => kind === 'mathpix')
  if (asked) return asked
  return standard.kind === 'mathpix' ? standard : { kind: 'mathpix', baseUrl: MATHPIX_GLOBAL }
}

/** Its name on screen. */
export function nameEngine({ kind }: EngineChoice): string {
  return kind === 'local' ? 'this computer' : 'Mathpix'
}
