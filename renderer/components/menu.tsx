import * as Ariakit from '@ariakit/react'
import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'

type MenuButtonProps = {
  readonly label: ReactNode
  /** The accessible name when the label alone does not say it. */
  readonly name?: string
  readonly look?: 'plain' | 'quiet'
  readonly className?: string
  readonly disabled?: boolean
  readonly children: ReactNode
}

/** A button that opens a menu. Position and keyboard come from Ariakit, which sets styles by CSSOM only. */
export function MenuButton(props: MenuButtonProps) {
  const { label, name, look = 'plain', className = '', disabled = false, children } = props
  return (
    <Ariakit.MenuProvider>
      <Ariakit.MenuButton
        className={`button button-${look} ${className}`}
        disabled={disabled}
        {...(name ? { 'aria-label': name } : {})}
      >
        {label}
        <ChevronDown className="icon" aria-hidden />
      </Ariakit.MenuButton>
      <Ariakit.Menu className="menu" gutter={4} portal unmountOnHide>
        {children}
      </Ariakit.Menu>
    </Ariakit.MenuProvider>
  )
}

type MenuItemProps = {
  readonly icon?: ReactNode
  readonly note?: ReactNode
  readonly disabled?: boolean
  readonly onSelect: () => void
  readonly children: ReactNode
}

export function MenuItem({ icon, note, disabled = false, onSelect, children }: MenuItemProps) {
  return (
    <Ariakit.MenuItem className="menu-item" disabled={disabled} onClick={onSelect}>
      {icon}
      <span className="ellipsis">{children}</span>
      {note === undefined ? null : (
        <span className="menu-note meta number" aria-hidden>
          {note}
        </span>
      )}
    </Ariakit.MenuItem>
  )
}

export function MenuLine() {
  return <hr className="menu-line" />
}
