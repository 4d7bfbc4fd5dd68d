import { useState } from 'react'
import type { Item } from '../../../shared/batch.ts'
import type { MathError } from '../../components/math-error.ts'
import { describeUnread } from '../../../shared/unread.ts'
import { isUnsentItem, selectItem, useBatches } from '../../stores/batches.ts'
import { useReview } from '../../stores/review-actions.ts'
import { useShownLatex } from '../../stores/shown-latex.ts'
import { areDoubtsShown, useShownTokens } from '../../stores/tokens.ts'
import { Details } from './details.tsx'
import { ErrorCard } from './error-card.tsx'
import { LatexEditor } from './latex-editor.tsx'
import { RenderPane } from './render-pane.tsx'
import { ReviewHead } from './review-head.tsx'
import { SourcePane } from './source-pane.tsx'
import { ZoomControls } from './zoom-controls.tsx'

export function Review() {
  const currentId = useReview(({ currentId }) => currentId)
  const item = useBatches(selectItem(currentId))
  return (
    <section className="review" aria-label="Review">
      {item ? <ReviewOf key={item.id} item={item} /> : null}
    </section>
  )
}

/** Taller than this (height over width), and picture and formula stand side by side. */
const TALL = 0.75

function ReviewOf({ item }: { readonly item: Item }) {
  const [zoom, setZoom] = useState(1)
  const [error, setError] = useState<MathError>()
  const isTall = item.image !== undefined && item.image.height / item.image.width > TALL
  const unread = describeUnread(item)
  const hasResult = item.result !== undefined || item.edit !== undefined
  const { latex } = useShownLatex(item)
  const tokens = useShownTokens(item, latex)
  const hasDoubts = tokens.some(({ isDoubted }) => isDoubted)
  const isMarking = useReview((state) => areDoubtsShown(state, item))
  return (
    <>
      <ReviewHead item={item} />
      <div className="review-body">
        <div className={`review-panes ${isTall ? 'review-panes-tall' : ''}`}>
          <div className="source-frame">
            <SourcePane item={item} zoom={zoom} onZoom={setZoom} tokens={tokens} isMarking={isMarking} />
            <ZoomControls zoom={zoom} onZoom={setZoom} areDoubtsShown={hasDoubts ? isMarking : undefined} />
          </div>
          <div className="result-pane">
            {unread === undefined ? null : <p className="note note-look">{unread}</p>}
            {item.state === 'error' && item.error ? <ErrorCard item={item} error={item.error} /> : null}
            {hasResult ? (
              <RenderPane item={item} zoom={zoom} error={error} onRendered={setError} />
            ) : (
              <Placeholder item={item} />
            )}
          </div>
        </div>
        {hasResult || item.state !== 'error' ? (
          <LatexEditor item={item} isDisabled={!hasResult} tokens={tokens} isMarking={isMarking} />
        ) : null}
        <Details item={item} />
      </div>
    </>
  )
}

const WORDS = {
  preparing: 'Preparing the image…',
  ready: 'Ready. The formula appears here after converting.',
  pending: 'Reading…',
  completed: 'The engine gave no LaTeX for this image.',
  error: undefined,
} as const

function Placeholder({ item }: { readonly item: Item }) {
  const isUnsent = useBatches(isUnsentItem(item))
  const words = isUnsent ? 'Waiting to be sent…' : WORDS[item.state]
  return words === undefined ? null : <p className="placeholder meta">{words}</p>
}
