import { CheckCheck, CircleAlert, CircleDashed, Eye, Flag, Pencil, type LucideIcon } from 'lucide-react'
import { useMemo } from 'react'
import { Button } from '../../components/button.tsx'
import { useBatches } from '../../stores/batches.ts'
import { lookReasonOf } from '../../stores/queue-view.ts'
import { useRenderability } from '../../stores/renderability.ts'
import { useReview } from '../../stores/review-actions.ts'
import { useSettings } from '../../stores/settings.ts'
import { countTriages, TRIAGE_NAMES, TRIAGES, type Triage } from '../../stores/triage.ts'

const LOOKS: Readonly<Record<Triage, { readonly Icon: LucideIcon; readonly tone: string }>> = {
  new: { Icon: CircleDashed, tone: 'idle' },
  look: { Icon: Eye, tone: 'look' },
  accepted: { Icon: CheckCheck, tone: 'done' },
  edited: { Icon: Pencil, tone: 'idle' },
  flagged: { Icon: Flag, tone: 'flagged' },
  failed: { Icon: CircleAlert, tone: 'failed' },
}

/** How many images are new, need a look and so on; a press shows these alone. */
export function TriageBar() {
  const items = useBatches(({ items }) => items)
  const byLatex = useRenderability(({ byLatex }) => byLatex)
  const lookBelow = useSettings(({ settings }) => settings.lookBelow)
  const chosen = useReview(({ triage }) => triage)
  const counts = useMemo(
    () => countTriages(items.values(), (item) => lookReasonOf(item, byLatex, lookBelow)),
    [items, byLatex, lookBelow],
  )
  return (
    <div className="triage-bar" role="group" aria-label="Show">
      <Button
        look="quiet"
        className="triage"
        aria-pressed={chosen === undefined}
        onClick={() => useReview.setState({ triage: undefined })}
      >
        All <span className="number">{items.size.toLocaleString('en')}</span>
      </Button>
      {TRIAGE_NAMES.filter((name) => counts[name] > 0 || name === chosen).map((name) => {
        const { Icon, tone } = LOOKS[name]
        const isOn = name === chosen
        return (
          <Button
            key={name}
            look="quiet"
            className={`triage tone-${tone}`}
            aria-pressed={isOn}
            onClick={() => useReview.setState({ triage: isOn ? undefined : name })}
          >
            <Icon className="icon" aria-hidden />
            {TRIAGES[name]} <span className="number">{counts[name].toLocaleString('en')}</span>
          </Button>
        )
      })}
    </div>
  )
}
