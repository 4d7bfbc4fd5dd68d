import type { Batch } from '../../shared/batch.ts'
import { isDone } from '../../shared/batch-progress.ts'
import { refusedOf } from '../../shared/outstanding.ts'

/** Nothing more can come: also not from a paid batch that the server for the moment refused to give out. */
export const isWhole = (batch: Batch) => isDone(batch) && refusedOf(batch).length === 0
