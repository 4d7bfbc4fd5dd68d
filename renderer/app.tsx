import { useEffect } from 'react'
import { handleWindowKey } from './commands/keys.ts'
import { Announcer } from './components/announcer.tsx'
import { Toasts } from './components/toast-list.tsx'
import { DropZone } from './features/drop/drop-zone.tsx'
import { EmptyState } from './features/drop/empty-state.tsx'
import { OptionsPanel } from './features/options/options-panel.tsx'
import { Queue } from './features/queue/queue.tsx'
import { Review } from './features/review/review.tsx'
import { Dialogs } from './features/settings/shown-dialog.tsx'
import { useTheme } from './features/settings/use-theme.ts'
import { Banners } from './features/toolbar/banners.tsx'
import { Toolbar } from './features/toolbar/toolbar.tsx'
import { Workbench } from './components/workbench.tsx'
import { useBatches } from './stores/batches.ts'
import { connectStores } from './stores/connect.ts'
import { saveAllDrafts } from './stores/edit-latex.ts'
import { watchSelection } from './stores/keep-selection.ts'
import { watchQueueView } from './stores/queue-view.ts'
import { watchRenderability } from './stores/renderability.ts'

export function App() {
  useConnection()
  useTheme()
  const isEmpty = useBatches(({ order }) => order.length === 0)
  return (
    <div className="window">
      <Toolbar />
      <Banners />
      {isEmpty ? (
        <EmptyState />
      ) : (
        <Workbench queue={<Queue />} review={<Review />} options={<OptionsPanel />} />
      )}
      <DropZone />
      <Dialogs />
      <Toasts />
      <Announcer />
    </div>
  )
}

/** Joins the stores to the main process and to each other for as long as the window is there. */
function useConnection(): void {
  useEffect(() => {
    const stops = [connectStores(), watchQueueView(), watchSelection(), watchRenderability()]
    window.addEventListener('pagehide', saveAllDrafts)
    window.addEventListener('keydown', handleWindowKey)
    return () => {
      window.removeEventListener('pagehide', saveAllDrafts)
      window.removeEventListener('keydown', handleWindowKey)
      stops.forEach((stop) => stop())
    }
  }, [])
}
