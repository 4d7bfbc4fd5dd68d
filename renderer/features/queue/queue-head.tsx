import { Search } from 'lucide-react'
import { useReview, type QueueSort } from '../../stores/review-actions.ts'

export function QueueHead() {
  const filter = useReview(({ filter }) => filter)
  const sort = useReview(({ sort }) => sort)
  return (
    <div className="queue-head" role="search">
      <div className="queue-filter">
        <Search className="icon" aria-hidden />
        <input
          className="field"
          type="search"
          aria-label="Filter"
          placeholder="Filter"
          spellCheck={false}
          value={filter}
          onChange={(event) => useReview.setState({ filter: event.target.value })}
        />
      </div>
      <select
        className="field queue-sort"
        aria-label="Sort"
        value={sort}
        onChange={(event) => useReview.setState({ sort: event.target.value as QueueSort })}
      >
        <option value="drop">Drop order</option>
        <option value="look">Needs a look</option>
        <option value="confidence">Confidence</option>
        <option value="state">State</option>
        <option value="error">Error</option>
        <option value="name">Name</option>
        <option value="latex">LaTeX</option>
      </select>
    </div>
  )
}
