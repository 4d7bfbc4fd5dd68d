import type { ReactNode } from 'react'

type BannerProps = {
  /** `quiet`: nothing is wrong, it only explains. */
  readonly tone: 'quiet' | 'look' | 'failed'
  readonly icon: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

export function Banner({ tone, icon, actions, children }: BannerProps) {
  return (
    <div className={`banner banner-${tone}`} role="group" aria-label="Notice">
      {icon}
      <p className="banner-text">{children}</p>
      {actions ? <div className="banner-actions">{actions}</div> : null}
    </div>
  )
}
