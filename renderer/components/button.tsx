import type { ComponentProps, ReactNode } from 'react'

type ButtonProps = ComponentProps<'button'> & { readonly look?: 'plain' | 'primary' | 'quiet' | 'link' }

export function Button({ look = 'plain', className = '', ...props }: ButtonProps) {
  return <button type="button" className={`button button-${look} ${className}`} {...props} />
}

type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label'> & {
  /** The accessible name, also shown on hover. */
  readonly label: string
  /** A key that does the same; shown on hover. */
  readonly shortcut?: string
  readonly children: ReactNode
}

export function IconButton({ label, shortcut, className = '', ...props }: IconButtonProps) {
  const isOn = props['aria-pressed'] === true
  return (
    <button
      type="button"
      aria-label={label}
      title={shortcut ? `${label} (${shortcut})` : label}
      className={`button button-icon ${isOn ? 'button-on' : ''} ${className}`}
      {...props}
    />
  )
}
