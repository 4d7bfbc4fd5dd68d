import type { UsageReport } from '../../shared/money.ts'
import type { Result } from '../../shared/result.ts'
import type { EngineChoice } from '../../shared/settings.ts'
import type { Connection } from '../mathpix/client.ts'
import { fetchMonthlyUsage } from '../mathpix/usage.ts'
import type { Till } from './till.ts'

type UsageDeps = {
  readonly connect: (engine: EngineChoice) => Promise<Result<Connection>>
  readonly now: () => number
}

/** Today by the app's own count, the month by the server's. */
export async function reportUsage(
  engine: EngineChoice,
  till: Till,
  { connect, now }: UsageDeps,
): Promise<UsageReport> {
  if (engine.kind === 'local') return { today: { images: 0 }, month: NOT_PAID }
  const connection = await connect(engine)
  return {
    today: connection.ok ? till.today(engine, connection.value) : { images: 0 },
    month: await fetchMonthlyUsage(connection, now),
  }
}

const NOT_PAID: UsageReport['month'] = { state: 'unknown', reason: 'This computer costs nothing.' }
