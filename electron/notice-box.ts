import type { Notice } from '../shared/ipc/contract.ts'

/** Notices wait until a page asks for them; from then on they are pushed to it. */
export type NoticeBox = {
  readonly add: (notice: Notice) => void
  /** What has waited, once; a page that asks is there for the later ones. */
  readonly take: () => Notice[]
  /** The page is gone: what comes now waits for the next one. */
  readonly hold: () => void
}

export function createNoticeBox(push: (notice: Notice) => void): NoticeBox {
  const waiting: Notice[] = []
  let isThere = false
  return {
    add: (notice) => {
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
