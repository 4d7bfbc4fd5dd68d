import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import type { AddressReport, Settings } from '../../../shared/settings.ts'
import { getApi } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { runCall } from '../../stores/run-call.ts'

type PublicAddressProps = {
  readonly value: string
  readonly onChange: (patch: Partial<Settings>) => void
}

/**
 * Kept when the field is left and holds nothing or a web address; then, and when the dialog opens, the app fetches a probe of its own
 * through it. An address that does not work now is kept all the same: every run looks again.
 */
export function PublicAddress({ value, onChange }: PublicAddressProps) {
  const [typed, setTyped] = useState(value)
  const { report, isChecking, checkAgain } = useCheck(value)
  const hint = useId()
  const address = typed.trim()
  const isValid = address === '' || (/^https?:\/\//i.test(address) && URL.canParse(address))
  return (
    <fieldset className="form plain-group">
      <legend>Files sent to Mathpix</legend>
      <label className="labelled">
        Public address of the built-in file host
        <input
          className="field"
          inputMode="url"
          spellCheck={false}
          placeholder="https://my-tunnel.example.org"
          aria-invalid={!isValid}
          aria-describedby={hint}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => isValid && address !== value && onChange({ publicBaseUrl: address })}
        />
      </label>
      <span className="meta" id={hint}>
        {isValid ? describeUse(report) : 'Has to begin with https://'}
      </span>
      {value === '' ? null : (
        <div className="connection-test">
          <Button disabled={isChecking} onClick={checkAgain}>
            {isChecking ? 'Checking…' : 'Check again'}
          </Button>
          <div role="status">{report && !isChecking ? <Finding report={report} /> : null}</div>
        </div>
      )}
    </fieldset>
  )
}

function describeUse(report: AddressReport | undefined): string {
  const target = report ? ` It has to lead to ${report.forwardTo} on this computer.` : ''
  return `A tunnel, through which Mathpix fetches your files.${target} Without one, files are sent inside the request or uploaded one by one.`
}

function Finding({ report: { state, message } }: { readonly report: AddressReport }) {
  switch (state) {
    case 'off':
      return null
    case 'open':
      return (
        <p className="note note-done">
          <CircleCheck className="icon" aria-hidden />
          Works: files can be fetched there.
        </p>
      )
    case 'private':
      return (
        <p className="note note-look">
          <TriangleAlert className="icon" aria-hidden />
          Works inside your own network only. A server of your own can fetch there, Mathpix cannot.
        </p>
      )
    case 'closed':
      return (
        <p className="note note-failed">
          <CircleAlert className="icon" aria-hidden />
          Cannot be used now. {message}
        </p>
      )
  }
}

/** Checks when the saved address changes and when asked to; only the answer to the latest question counts. */
function useCheck(address: string) {
  const [round, setRound] = useState(0)
  const [answer, setAnswer] = useState<{ readonly question: string; readonly report?: AddressReport }>()
  const question = `${round} ${address}`
  useEffect(() => {
    let isLatest = true
    void runCall(getApi().checkPublicAddress({ address })).then((got) => {
      if (isLatest) setAnswer({ question, ...(got ? { report: got.value } : {}) })
    })
    return () => {
      isLatest = false
    }
  }, [question, address])
  return {
    report: answer?.report,
    isChecking: answer?.question !== question,
    checkAgain: () => setRound((count) => count + 1),
  }
}
