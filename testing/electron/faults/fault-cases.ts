import { bodyCases } from './body-cases.ts'
import { connectionCases } from './connection-cases.ts'
import { errorIdCases } from './error-id-cases.ts'
import { dataUriCases } from './data-uri-cases.ts'
import type { FaultCase } from './fault-case.ts'
import { localCases } from './local-cases.ts'
import { resultCases } from './result-cases.ts'
import { statusCases } from './status-cases.ts'
import { timeCases } from './time-cases.ts'
import { tlsCases } from './tls-cases.ts'
import { unreachableCases } from './unreachable-cases.ts'

/** All faults, in the order of docs/failures.md: by moment, then by kind. */
export const allCases: readonly FaultCase[] = (['send', 'ask', 'upload'] as const).flatMap((at) =>
  [
    ...unreachableCases,
    ...connectionCases,
    ...tlsCases,
    ...timeCases,
    ...statusCases,
    ...bodyCases,
    ...resultCases,
    ...errorIdCases,
    ...dataUriCases,
    ...localCases,
  ].filter((fault) => fault.at === at),
)
