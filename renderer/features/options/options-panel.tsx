import { X } from 'lucide-react'
import { useState, type SyntheticEvent } from 'react'
import { IconButton } from '../../components/button.tsx'
import { useReview } from '../../stores/review-actions.ts'
import { ContentFields } from './content-fields.tsx'
import { DelimiterFields } from './delimiter-fields.tsx'
import { JsonField } from './json-field.tsx'
import { NumberFields } from './number-fields.tsx'
import { PresetField } from './preset-field.tsx'
import { RegionField } from './region-field.tsx'
import { useOptionScope } from './use-option-scope.ts'

/** How the images are read: one form for the whole batch and for the selected images. */
export function OptionsPanel() {
  const [kind, setKind] = useState<'batch' | 'items'>('batch')
  const selected = useReview(({ selectedIds }) => selectedIds.size)
  const scope = useOptionScope(kind)
  // A reason why something was refused has to be seen.
  const isUnfolded = useReview(({ isOptionsUnfolded }) => isOptionsUnfolded) || scope.conflicts.length > 0
  const unfold = (event: SyntheticEvent<HTMLDetailsElement>) =>
    useReview.setState({ isOptionsUnfolded: event.currentTarget.open })
  const itemsLabel = selected > 1 ? `${selected} selected` : 'This image'
  return (
    <div className="options" role="group" aria-label="Options">
      <div className="options-head">
        <div className="segments" role="radiogroup" aria-label="Options for">
          <Segment isOn={kind === 'batch'} label="Batch" onChoose={() => setKind('batch')} />
          <Segment isOn={kind === 'items'} label={itemsLabel} onChoose={() => setKind('items')} />
        </div>
        <IconButton label="Hide options" onClick={() => useReview.setState({ isOptionsOpen: false })}>
          <X className="icon" aria-hidden />
        </IconButton>
      </div>
      <div className="options-body">
        <p className="meta">
          {kind === 'batch'
            ? 'For every image that has no options of its own. They count from the next conversion on.'
            : 'Grey values come from the batch. What you change here is marked with a dot.'}
        </p>
        <PresetField scope={scope} />
        <details className="options-all" open={isUnfolded} onToggle={unfold}>
          <summary>All options</summary>
          <div className="options-list">
            <ContentFields scope={scope} />
            <DelimiterFields scope={scope} />
            <NumberFields scope={scope} />
            <RegionField key={`${scope.id} ${JSON.stringify(scope.options.region)}`} scope={scope} />
            <JsonField scope={scope} />
          </div>
        </details>
      </div>
    </div>
  )
}

type SegmentProps = { readonly isOn: boolean; readonly label: string; readonly onChoose: () => void }

function Segment({ isOn, label, onChoose }: SegmentProps) {
  return (
    <label className={`segment ${isOn ? 'segment-on' : ''}`}>
      <input type="radio" name="options-scope" className="segment-input" checked={isOn} onChange={onChoose} />
      {label}
    </label>
  )
}
