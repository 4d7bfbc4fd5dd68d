import { useState } from 'react'
import type { Item } from '../../../shared/batch.ts'
import { describeCopy, describeSending } from '../../../shared/describe-sending.ts'
import { dropSecrets } from '../../../shared/redact.ts'
import { writeJson } from '../../../shared/write-json.ts'
import { PreviousResults } from './previous-results.tsx'

/** What is known of the image, and the engine's answer word for word. Made only when unfolded. */
export function Details({ item }: { readonly item: Item }) {
  const [isOpen, setOpen] = useState(false)
  const { image, source, result } = item
  const sent = describeSending(item)
  const copy = describeCopy(item)
  return (
    <details className="details" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="meta">Details{copy === undefined ? '' : ' · a smaller copy was sent'}</summary>
      {isOpen ? (
        <>
          <dl className="facts">
            <dt>Source</dt>
            <dd>{source.kind === 'url' ? source.url : source.name}</dd>
            {image ? (
              <>
                <dt>Image</dt>
                <dd className="number">
                  {image.width} × {image.height} px, {kilobytes(image.bytes)}
                </dd>
              </>
            ) : null}
            {item.error ? (
              <>
                <dt>Error</dt>
                <dd>
                  {item.error.kind === 'mathpix' ? <code>{item.error.id}: </code> : null}
                  {item.error.message}
                </dd>
              </>
            ) : null}
            {sent === undefined ? null : (
              <>
                <dt>Sent</dt>
                <dd>
                  {sent}
                  {copy === undefined ? null : (
                    <span className="block number">
                      A smaller copy, {copy}, {kilobytes(item.sentCopy?.bytes ?? 0)}, was sent.
                    </span>
                  )}
                </dd>
              </>
            )}
          </dl>
          {result ? (
            <pre className="raw" tabIndex={0} aria-label="Raw result">
              {writeJson(dropSecrets(result))}
            </pre>
          ) : null}
          <PreviousResults item={item} />
        </>
      ) : null}
    </details>
  )
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1000).toLocaleString('en')} kB`
}
