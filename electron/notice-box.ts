import type { Notice } from '../shared/ipc/contract.ts'
import type { Scrub } from '../shared/scrub-secrets.ts'

/** Notices wait until a page asks for them; from then on they are pushed to it. */
export type NoticeBox = {
  readonly add: (notice: Notice) => void
  /** What has waited, once; a page that asks is there for the later ones. */
  readonly take: () => Notice[]
  /** The page is gone: what comes now waits for the next one. */
  readonly hold: () => void
}

/** `scrub` takes keys out of what is said; a message may quote a server or the system. */
export function createNoticeBox(push: (notice: Notice) => void, scrub: Scrub): NoticeBox {
  const waiting: Notice[] = []
  let isThere = false
  return {
    add: (said) => {
      const notice = { ...said, message: scrub(said.message) }
      if (isThere) push(notice)
      else waiting.push(notice)
    },
    take: () => {
      isThere = true
      return waiting.splice(0)
    },
    hold: () => {
      isThere = false
    },
  }
}
