import '../../renderer/zod-without-eval.ts'
import { createRoot } from 'react-dom/client'
import { provideApi } from '../../renderer/api.ts'
import { App } from '../../renderer/app.tsx'
import { pictures } from '../../renderer/components/pictures.ts'
import { openDialog, type OpenDialog } from '../../renderer/stores/dialogs.ts'
import { useReview } from '../../renderer/stores/review-actions.ts'
import { createFakeApi } from './fake-api.ts'
import { DESIGN_STATES, formulaOf } from './design-states.ts'
import { drawFormula } from './draw-formula.ts'
import '../../renderer/styles/index.css'

/**
 * The window in a browser with a fake main process, for design work (`npx vite testing/renderer`): `design.html?state=…&theme=…&dialog=…&options=0&look=…`.
 * Never part of the production build, whose only entry is index.html.
 */
const query = new URLSearchParams(location.search)
const state = DESIGN_STATES[query.get('state') ?? 'mixed'] ?? { batches: [] }
const theme = query.get('theme') === 'dark' ? 'dark' : 'light'

const drawn = new Map<string, string>()
const draw = (text: string, width: number, height: number) => {
  const key = `${text} ${width} ${height}`
  const address = drawn.get(key) ?? drawFormula(text, width, height)
  drawn.set(key, address)
  return address
}
pictures.image = (_, item) => draw(formulaOf(item), item.image?.width ?? 640, item.image?.height ?? 160)
pictures.thumbnail = pictures.image

const api = createFakeApi({ ...state, settings: { theme, ...state.settings } })
provideApi(api)
createRoot(document.getElementById('root') ?? document.body).render(<App />)

const item = query.get('item')
setTimeout(() => {
  if (item) useReview.setState({ currentId: item, selectedIds: new Set([item]), step: 'review' })
  if (query.get('options') === '0') useReview.setState({ isOptionsOpen: false })
  if (query.get('step') === 'review') useReview.setState({ step: 'review' })
  const dialog = query.get('dialog')
  if (dialog) openDialog({ kind: dialog, target: {} } as OpenDialog)
  const started = performance.now()
  const engineState = query.get('engine')
  if (engineState === 'failed') api.send('onEngineStatusChanged', { state: 'failed' })
  state.play?.(api, started)
}, 50)

// Shown in the title, so that a headless run can read it.
document.addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile, lineNumber }) => {
  document.title = `CSP ${violatedDirective} ${sourceFile}:${lineNumber}`
  console.error(document.title)
})
