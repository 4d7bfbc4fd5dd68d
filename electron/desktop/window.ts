import { BrowserWindow, screen } from 'electron'
import { z } from 'zod'
import type { KeyValueStore } from '../stores/key-value-store.ts'

const WindowState = z.object({
  bounds: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  isMaximized: z.boolean(),
})
type WindowState = z.infer<typeof WindowState>

const KEY = 'window'

/** The one window, where it was left; shown when its first picture is ready. */
export function createMainWindow(options: {
  readonly preload: string
  readonly url: string
  readonly store: KeyValueStore
}): BrowserWindow {
  const state = readState(options.store)
  const window = new BrowserWindow({
    width: 1280,
    height: 820,
    ...state?.bounds,
    minWidth: 560,
    minHeight: 420,
    show: false,
    title: 'Formulift',
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  })
  if (state?.isMaximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  // The title tells of progress; the page does not set it.
  window.on('page-title-updated', (event) => event.preventDefault())
  rememberState(window, options.store)
  void window.loadURL(options.url)
  return window
}

/** A window that would open on a display that is gone opens at the default place. */
function readState(store: KeyValueStore): WindowState | undefined {
  const state = WindowState.safeParse(store.get(KEY)).data
  if (!state) return undefined
  const { x, y, width, height } = state.bounds
  const isVisible = screen.getAllDisplays().some(({ workArea }) => {
    const overlapX = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x)
    const overlapY = Math.min(y + height, workArea.y + workArea.height) - Math.max(y, workArea.y)
    return overlapX > 100 && overlapY > 100
  })
  return isVisible ? state : undefined
}

function rememberState(window: BrowserWindow, store: KeyValueStore): void {
  let timer: NodeJS.Timeout | undefined
  const save = () => {
    if (window.isDestroyed()) return
    store.set(KEY, { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() })
  }
  const saveSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(save, 500)
  }
  window.on('resize', saveSoon)
  window.on('move', saveSoon)
  window.on('close', () => {
    clearTimeout(timer)
    save()
  })
}
