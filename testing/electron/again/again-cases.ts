import type { AgainCase } from './again-case.ts'
import { cancelCases } from './cancel-cases.ts'
import { removeCases } from './remove-cases.ts'
import { restartCases } from './restart-cases.ts'
import { serverCases } from './server-cases.ts'

/** All ways, in the order of docs/protocol.md. */
export const allCases: readonly AgainCase[] = [
  ...cancelCases,
  ...removeCases,
  ...serverCases,
  ...restartCases,
]
