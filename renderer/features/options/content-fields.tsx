import { DATA_OPTIONS, type OcrBehavior } from '../../../shared/mathpix.ts'
import { FORMATS } from './find-conflicts.ts'
import { Check, OptionField } from './option-field.tsx'
import type { OptionScope } from './use-option-scope.ts'

/** What the formats of a behaviour start with when the behaviour changes, because their names differ. */
const FIRST_FORMATS: Readonly<Record<OcrBehavior, readonly string[]>> = {
  latex: ['latex_styled', 'text'],
  text: ['text', 'latex_styled'],
}

/** What is read and what comes back. */
export function ContentFields({ scope }: { readonly scope: OptionScope }) {
  const { options, change } = scope
  const behaviour = options.ocr_behavior ?? 'latex'
  const formats = options.formats ?? []
  const changeFormat = (format: string, isOn: boolean) => {
    const wanted = FORMATS[behaviour].filter((name) => (name === format ? isOn : formats.includes(name)))
    change({ formats: wanted })
  }
  return (
    <>
      <OptionField scope={scope} label="Behaviour" names={['ocr_behavior']}>
        <select
          className="field"
          aria-label="Behaviour"
          value={behaviour}
          onChange={(event) => {
            const chosen = event.target.value as OcrBehavior
            change({ ocr_behavior: chosen, formats: [...FIRST_FORMATS[chosen]] })
          }}
        >
          <option value="latex">latex: one formula</option>
          <option value="text">text: words and formulas</option>
        </select>
      </OptionField>
      <OptionField scope={scope} label="Formats" names={['formats']}>
        <div className="option-grid">
          {FORMATS[behaviour].map((format) => (
            <Check
              key={format}
              label={format}
              isOn={formats.includes(format)}
              onChange={(isOn) => changeFormat(format, isOn)}
            />
          ))}
        </div>
      </OptionField>
      {behaviour === 'text' && formats.some((name) => name === 'data' || name === 'html') ? (
        <DataField scope={scope} />
      ) : null}
      <OptionField scope={scope} label="Spaces" names={['rm_spaces']}>
        <Check
          label="Compact: leave out needless spaces"
          isOn={options.rm_spaces ?? behaviour === 'text'}
          onChange={(isOn) => change({ rm_spaces: isOn })}
        />
      </OptionField>
      {behaviour === 'latex' ? <LatexReading scope={scope} /> : <TextReading scope={scope} />}
    </>
  )
}

function DataField({ scope }: { readonly scope: OptionScope }) {
  const chosen = scope.options.data_options ?? {}
  return (
    <OptionField scope={scope} label="Content of data and html" names={['data_options']}>
      <div className="option-grid">
        {DATA_OPTIONS.map((name) => (
          <Check
            key={name}
            label={name.replace('include_', '')}
            isOn={chosen[name] ?? false}
            onChange={(isOn) => scope.change({ data_options: { ...chosen, [name]: isOn } })}
          />
        ))}
      </div>
    </OptionField>
  )
}

function LatexReading({ scope }: { readonly scope: OptionScope }) {
  const { options, change } = scope
  return (
    <OptionField scope={scope} label="Reading" names={['ocr', 'skip_recrop']}>
      <Check
        label="Read words beside the formula too"
        isOn={options.ocr?.includes('text') ?? false}
        onChange={(isOn) => change({ ocr: isOn ? ['math', 'text'] : ['math'] })}
      />
      <Check
        label="Use the whole image, do not crop"
        isOn={options.skip_recrop ?? false}
        onChange={(isOn) => change({ skip_recrop: isOn })}
      />
    </OptionField>
  )
}

function TextReading({ scope }: { readonly scope: OptionScope }) {
  const { options, change } = scope
  return (
    <OptionField
      scope={scope}
      label="Reading"
      names={['numbers_default_to_math', 'include_line_data', 'include_word_data']}
    >
      <Check
        label="Numbers are math"
        isOn={options.numbers_default_to_math ?? false}
        onChange={(isOn) => change({ numbers_default_to_math: isOn })}
      />
      <Check
        label="Add data of each line"
        isOn={options.include_line_data ?? false}
        onChange={(isOn) => change({ include_line_data: isOn })}
      />
      <Check
        label="Add data of each word"
        isOn={options.include_word_data ?? false}
        onChange={(isOn) => change({ include_word_data: isOn })}
      />
    </OptionField>
  )
}
