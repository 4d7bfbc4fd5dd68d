import { useLayoutEffect, useState } from 'react'
import type { Item } from '../../../shared/batch.ts'
import type { MathError } from '../../components/math-error.ts'
import { describeUnread } from '../../../shared/unread.ts'
import { isUnsentItem, selectItem, useBatches } from '../../stores/batches.ts'
import { useReview } from '../../stores/review-actions.ts'
import { useShownLatex } from '../../stores/shown-latex.ts'
import { areDoubtsShown, useShownTokens } from '../../stores/tokens.ts'
import { zoomToFit } from '../../stores/view.ts'
import { LatexEditor } from '../editor/latex-editor.tsx'
import { Details } from './details.tsx'
import { ErrorCard } from './error-card.tsx'
import { ReadingList } from './reading-list.tsx'
import { ReviewHead } from './review-head.tsx'
import { ReviewPanes } from './review-panes.tsx'

export function Review() {
  const currentId = useReview(({ currentId }) => currentId)
  const item = useBatches(selectItem(currentId))
  // The images of different batches have the same ids.
  const batchId = useBatches(({ head }) => head?.id)
  return (
    <section className="review" aria-label="Review">
      {item ? <ReviewOf key={`${batchId ?? ''} ${item.id}`} item={item} /> : null}
    </section>
  )
}

function ReviewOf({ item }: { readonly item: Item }) {
  useLayoutEffect(zoomToFit, [])
  const [error, setError] = useState<MathError>()
  const unread = describeUnread(item)
  const { latex } = useShownLatex(item)
  // What failed and has no LaTeX leaves nothing empty behind; a result without LaTeX can still be written.
  const hasResult = latex !== undefined || (item.result !== undefined && item.state !== 'error')
  const tokens = useShownTokens(item, latex)
  const isMarking = useReview((state) => areDoubtsShown(state, item))
  return (
    <>
      <ReviewHead item={item} />
      <div className="review-body">
        <ReviewPanes
          item={item}
          tokens={tokens}
          isMarking={isMarking}
          hasResult={hasResult}
          error={error}
          onRendered={setError}
        >
          {unread === undefined ? null : <p className="note note-look">{unread}</p>}
          {item.state === 'error' && item.error ? <ErrorCard item={item} error={item.error} /> : null}
          {hasResult ? null : <Placeholder item={item} />}
        </ReviewPanes>
        <ReadingList item={item} />
        {hasResult || item.state !== 'error' ? (
          <LatexEditor
            item={item}
            isDisabled={!hasResult}
            tokens={tokens}
            isMarking={isMarking}
            error={hasResult ? error : undefined}
          />
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
