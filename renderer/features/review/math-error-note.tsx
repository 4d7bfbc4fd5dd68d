import { CircleAlert } from 'lucide-react'
import type { MathError } from '../../components/math-error.ts'
import { cutErrorLine } from './error-line.ts'

/** What typesetting stumbled over, with the place underlined in a copy of the line. */
export function MathErrorNote({ latex, error }: { readonly latex: string; readonly error: MathError }) {
  const line = cutErrorLine(latex, error)
  return (
    <div className="math-error" role="alert">
      <p className="note note-failed">
        <CircleAlert className="icon" aria-hidden />
        <span>
          {error.message}
          {line && line.count > 1 ? <span className="meta number"> Line {line.number}</span> : null}
        </span>
      </p>
      {line ? (
        <p className="math-error-line">
          {line.before}
          <mark className="math-error-place">{line.place}</mark>
          {line.after}
        </p>
      ) : null}
    </div>
  )
}
