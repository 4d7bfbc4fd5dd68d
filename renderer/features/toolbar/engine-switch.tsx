import { KeyRound } from 'lucide-react'
import { MATHPIX_EU, MATHPIX_GLOBAL, type EngineChoice } from '../../../shared/settings.ts'
import { getApi } from '../../api.ts'
import { IconButton } from '../../components/button.tsx'
import { isBatchRunning } from '../../stores/batch-state.ts'
import { useBatches } from '../../stores/batches.ts'
import { openDialog } from '../../stores/dialogs.ts'
import { runCall } from '../../stores/run-call.ts'
import { useSettings } from '../../stores/settings.ts'

const OWN = 'own'
const OTHER = 'other'

/** Where the open batch goes. The choice is also what the next batch starts with. */
export function EngineSwitch() {
  const standard = useSettings(({ settings }) => settings.engine)
  const engine = useBatches(({ head }) => head?.engine) ?? standard
  const isRunning = useBatches(({ head }) => isBatchRunning(head))
  const value = engine.kind === 'local' ? 'local' : toValue(engine.baseUrl)
  const choose = (chosen: string) => {
    if (chosen === OTHER) openDialog({ kind: 'server' })
    else if (chosen !== OWN) void setEngine(toEngine(chosen))
  }
  return (
    <div className="engine-switch">
      <select
        className="field"
        aria-label="Engine"
        value={value}
        disabled={isRunning}
        title={engine.kind === 'mathpix' ? engine.baseUrl : 'Recognised here; nothing leaves this computer'}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="local">This computer</option>
        <option value={MATHPIX_GLOBAL}>Mathpix (global)</option>
        <option value={MATHPIX_EU}>Mathpix (EU)</option>
        {value === OWN && engine.kind === 'mathpix' ? (
          <option value={OWN}>{new URL(engine.baseUrl).host}</option>
        ) : null}
        <option value={OTHER}>Own server…</option>
      </select>
      {engine.kind === 'mathpix' ? (
        <IconButton label="Mathpix keys" onClick={() => openDialog({ kind: 'keys' })}>
          <KeyRound className="icon" aria-hidden />
        </IconButton>
      ) : null}
    </div>
  )
}

function toValue(baseUrl: string): string {
  return baseUrl === MATHPIX_GLOBAL || baseUrl === MATHPIX_EU ? baseUrl : OWN
}

function toEngine(value: string): EngineChoice {
  return value === 'local' ? { kind: 'local' } : { kind: 'mathpix', baseUrl: value }
}

export async function setEngine(engine: EngineChoice): Promise<void> {
  const { head } = useBatches.getState()
  if (head) await runCall(getApi().setBatchEngine({ batchId: head.id, engine }))
  const saved = await runCall(getApi().setSettings({ engine }))
  if (saved) useSettings.setState({ settings: saved.value })
}
