import { useEffect, useState } from 'react'
import { addBrought } from './add-images.ts'
import { describeDrag } from './describe-drag.ts'
import { readTransfer } from './read-transfer.ts'

/** True where the browser's own paste has a meaning. */
function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, dialog, .editor-field') !== null
}

/** Text dropped on a text field is the field's; files are images wherever they fall. */
function belongsToField({ target, dataTransfer }: DragEvent): boolean {
  return isTextField(target) && !dataTransfer?.types.includes('Files')
}

/** Takes drops and pastes anywhere in the window, and says while dragging what a drop would do. */
export function DropZone() {
  const [offer, setOffer] = useState<string>()
  useEffect(() => {
    const controller = new AbortController()
    const listen = <E extends keyof DocumentEventMap>(
      name: E,
      listener: (event: DocumentEventMap[E]) => void,
    ) => document.addEventListener(name, listener, { signal: controller.signal })

    const show = (event: DragEvent) => {
      if (!event.dataTransfer || belongsToField(event)) return
      event.preventDefault()
      const text = describeDrag([...event.dataTransfer.items], event.dataTransfer.types)
      event.dataTransfer.dropEffect = text === undefined ? 'none' : 'copy'
      setOffer(text)
    }
    listen('dragenter', show)
    listen('dragover', show)
    listen('dragleave', (event) => {
      // Without a related target the pointer has left the window.
      if (event.relatedTarget === null) setOffer(undefined)
    })
    listen('dragend', () => setOffer(undefined))
    listen('drop', (event) => {
      setOffer(undefined)
      if (!event.dataTransfer || belongsToField(event)) return
      event.preventDefault()
      void addBrought(readTransfer(event.dataTransfer))
    })
    listen('paste', (event) => {
      if (!event.clipboardData) return
      if (isTextField(event.target) && event.clipboardData.files.length === 0) return
      event.preventDefault()
      void addBrought(readTransfer(event.clipboardData))
    })
    return () => controller.abort()
  }, [])
  if (offer === undefined) return null
  return (
    <div className="drop-offer" aria-hidden>
      <p className="drop-offer-text">{offer}</p>
    </div>
  )
}
