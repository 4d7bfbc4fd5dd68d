// Loaded into the app's main process before its own code: lets the first page run for ever, and prints what the next one shows.
// Chromium leaves a page in peace that a debugger is attached to, so this is nothing that Playwright could do from outside.
const { app } = require('electron')

const click = /** @type {const} */ (['mouseDown', 'mouseUp'])
const look = `({
  said: document.body.innerText,
  images: document.querySelectorAll('[role="option"]').length,
  open: document.querySelectorAll('[role="option"][aria-selected="true"]').length,
})`

app.on('browser-window-created', (_event, window) => {
  const { webContents } = window
  const hangs = () => {
    // Nothing waits for the answer, which never comes.
    void webContents.executeJavaScript('for (;;);')
    // What does not answer is noticed by input that it does not take.
    const timer = setInterval(() => {
      for (const type of click)
        webContents.sendInputEvent({ type, x: 2, y: 2, button: 'left', clickCount: 1 })
    }, 500)
    webContents.once('render-process-gone', () => clearInterval(timer))
  }
  const waitsForImages = (/** @type {(seen: { images: number, said: string }) => void} */ then) => {
    const timer = setInterval(() => {
      void webContents.executeJavaScript(look).then((seen) => {
        if (seen.images === 0) return
        clearInterval(timer)
        then(seen)
      })
    }, 200)
  }
  webContents.once('did-finish-load', () => {
    waitsForImages(() => {
      webContents.once('did-finish-load', () => {
        waitsForImages((seen) => {
          console.log(`CAME BACK ${JSON.stringify(seen)}`)
          app.quit()
        })
      })
      hangs()
    })
  })
})
