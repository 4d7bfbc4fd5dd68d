import type { AgainScene } from './again-scene.ts'

/** One way in which an image that was sent, or was to be, can become one that may be sent. The cases are the rows of docs/protocol.md. */
export type AgainCase = {
  /** What the user does, or what happens. Unique. */
  readonly name: string
  /** What is asked first, and what becomes of it. */
  readonly then: string
  /** How often the image is sent in all. */
  readonly sent: number
  /** Plays it, to the end where all images are read. */
  readonly run: (scene: AgainScene) => Promise<void>
}
