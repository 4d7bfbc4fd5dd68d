import { useState } from 'react'
import type { Item } from '../../../shared/batch.ts'
import { dropSecrets } from '../../../shared/redact.ts'
import { PreviousResults } from './previous-results.tsx'

const SENT_AS = {
  url: 'by its address',
  hosted: 'over the built-in file host',
  data_uri: 'inside the request',
  upload: 'as a single upload',
} as const

/** What is known of the image, and the engine's answer word for word. Made only when unfolded. */
export function Details({ item }: { readonly item: Item }) {
  const [isOpen, setOpen] = useState(false)
  const { image, source, sentAs, result } = item
  return (
    <details className="details" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="meta">Details</summary>
      {isOpen ? (
        <>
          <dl className="facts">
            <dt>Source</dt>
            <dd>{source.kind === 'url' ? source.url : source.name}</dd>
            {image ? (
              <>
                <dt>Image</dt>
                <dd className="number">
                  {image.width} × {image.height} px, {Math.ceil(image.bytes / 1000).toLocaleString('en')} kB
                </dd>
              </>
            ) : null}
            {sentAs ? (
              <>
                <dt>Sent</dt>
                <dd>{SENT_AS[sentAs]}</dd>
              </>
            ) : null}
          </dl>
          {result ? (
            <pre className="raw" tabIndex={0} aria-label="Raw result">
              {JSON.stringify(dropSecrets(result), undefined, 2)}
            </pre>
          ) : null}
          <PreviousResults item={item} />
        </>
      ) : null}
    </details>
  )
}
