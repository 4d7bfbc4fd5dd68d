/** What jsdom lacks: layout, media queries and modal dialogs. Sizes are those of a roomy window. */
const size = (value: number) => ({ configurable: true, get: () => value })
Object.defineProperties(HTMLElement.prototype, {
  offsetWidth: size(1280),
  offsetHeight: size(800),
  clientHeight: size(800),
  scrollHeight: size(800),
})
window.matchMedia = (media) =>
  Object.assign(new EventTarget(), {
    media,
    matches: false,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  })
window.ResizeObserver = class {
  observe() {
    return undefined
  }
  unobserve() {
    return undefined
  }
  disconnect() {
    return undefined
  }
}
Element.prototype.setPointerCapture = () => undefined
Element.prototype.scrollTo = () => undefined
Element.prototype.scrollIntoView = () => undefined
// Nothing is laid out and nothing drawn: characters have no place and no size.
Range.prototype.getBoundingClientRect = () => new DOMRect()
Range.prototype.getClientRects = () => document.createElement('br').getClientRects()
HTMLCanvasElement.prototype.getContext = () => null
Object.defineProperty(document, 'fonts', { value: new EventTarget() })
Object.assign(document, { execCommand: () => false })
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true
}
HTMLDialogElement.prototype.close = function close() {
  this.open = false
}

export {}
