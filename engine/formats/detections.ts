import type { OcrResult } from '../../shared/mathpix.ts'
import type { Reading } from '../reading.ts'

/** Above this a property counts as present; the service does not say where its own line is. */
const PRESENT_ABOVE = 0.5

/** Only what is really looked at: light on dark, nothing there, no formula, print. Charts, tables and the like are left out. */
export function describeDetections(reading: Reading): Pick<OcrResult, 'detection_map' | 'detection_list'> {
  return listPresent({
    is_blank: reading.kind === 'blank' ? 1 : 0,
    ...(reading.kind === 'not-math' ? { is_not_math: 1 } : {}),
    is_inverted: reading.isInverted ? 1 : 0,
    ...(reading.kind === 'read' ? { is_printed: reading.isPrinted } : {}),
  })
}

/** Words were read, and no formula among them. */
export function describeWords(reading: Reading): Pick<OcrResult, 'detection_map' | 'detection_list'> {
  return listPresent({ ...describeDetections(reading).detection_map, is_not_math: 1 })
}

function listPresent(
  detection_map: Record<string, number>,
): Required<Pick<OcrResult, 'detection_map' | 'detection_list'>> {
  const detection_list = Object.keys(detection_map).filter(
    (name) => (detection_map[name] ?? 0) > PRESENT_ABOVE,
  )
  return { detection_map, detection_list }
}
