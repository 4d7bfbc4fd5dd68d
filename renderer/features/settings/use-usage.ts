import { useEffect, useState } from 'react'
import type { UsageReport } from '../../../shared/money.ts'
import type { EngineChoice } from '../../../shared/settings.ts'
import { getApi } from '../../api.ts'

/** Asked once each time it is shown and when the engine is another; a failure leaves it away. */
export function useUsage(engine: EngineChoice | undefined): UsageReport | undefined {
  const [report, setReport] = useState<UsageReport>()
  const key = JSON.stringify(engine)
  useEffect(() => {
    let isCurrent = true
    if (engine?.kind !== 'mathpix') return
    void getApi()
      .getUsage({ engine })
      .then((got) => got.ok && isCurrent && setReport(got.value))
    return () => {
      isCurrent = false
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key stands for the engine
  }, [key])
  return report
}
