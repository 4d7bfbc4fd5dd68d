import { useMemo, useState, type SubmitEvent } from 'react'
import type { SearchMode } from '../../../shared/latex/find-in-latex.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { countOf } from '../../stores/batch-state.ts'
import { changeLatex } from '../../stores/change-latex.ts'
import { HitList } from './hit-list.tsx'
import { useHits } from './use-hits.ts'

const MODES: Readonly<Record<SearchMode, string>> = {
  token: 'Whole signs and commands',
  plain: 'Text',
  pattern: 'Regular expression',
}

/** Finds and replaces in the LaTeX of all results; each hit is shown before and after, and the chosen ones are changed as one. */
export function FindDialog({ onClose }: { readonly onClose: () => void }) {
  const [find, setFind] = useState('')
  const [replace, setReplace] = useState('')
  const [mode, setMode] = useState<SearchMode>('token')
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const search = useMemo(() => ({ find, replace, mode }), [find, replace, mode])
  const { hits, problem } = useHits(search)
  const chosen = hits.filter(({ item, before, after }) => before !== after && !left.has(item.id))
  const places = chosen.reduce((sum, { count }) => sum + count, 0)
  const apply = (event: SubmitEvent) => {
    event.preventDefault()
    if (chosen.length === 0) return
    onClose()
    void changeLatex(
      chosen.map(({ item, after }) => ({ item, latex: after })),
      `Replaced ${countOf(places, 'place')} in ${countOf(chosen.length, 'result')}`,
    )
  }
  return (
    <Dialog title="Find and replace" isWide onClose={onClose}>
      <form className="form" onSubmit={apply}>
        <div className="find-fields">
          <FindField label="Find" value={find} onChange={setFind} />
          <FindField label="Replace by" value={replace} onChange={setReplace} />
          <label className="labelled">
            As
            <select
              className="field"
              value={mode}
              onChange={(event) => setMode(event.target.value as SearchMode)}
            >
              {Object.entries(MODES).map(([name, words]) => (
                <option key={name} value={name}>
                  {words}
                </option>
              ))}
            </select>
          </label>
        </div>
        <p className={problem === undefined ? 'meta' : 'note-failed'} role="status">
          {problem ?? describeHits(find, hits.length, chosen.length)}
        </p>
        <HitList
          hits={hits}
          left={left}
          onChoose={(id, isChosen) => {
            const next = new Set(left)
            if (isChosen) next.delete(id)
            else next.add(id)
            setLeft(next)
          }}
        />
        <div className="dialog-actions">
          <Button onClick={onClose}>Close</Button>
          <Button look="primary" type="submit" disabled={chosen.length === 0}>
            {chosen.length === 0 ? 'Replace' : `Replace in ${countOf(chosen.length, 'result')}`}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function describeHits(find: string, found: number, chosen: number): string {
  if (find === '') return 'Type what to look for in the LaTeX of all results.'
  if (found === 0) return 'Found in no result.'
  return `Found in ${countOf(found, 'result')}, ${chosen.toLocaleString('en')} chosen.`
}

type FindFieldProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function FindField({ label, value, onChange }: FindFieldProps) {
  return (
    <label className="labelled">
      {label}
      <input
        className="field find-field"
        spellCheck={false}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}
