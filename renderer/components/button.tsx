import type { ComponentProps, ReactNode } from 'react'

type ButtonProps = ComponentProps<'button'> & { readonly look?: 'plain' | 'primary' | 'quiet' | 'link' }

export function Button({ look = 'plain', className = '', ...props }: ButtonProps) {
  return <button type="button" className={`button button-${look} ${className}`} {...props} />
}

type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label'> & {
  /** The accessible name, also shown on hover. */
  readonly label: string
  readonly children: ReactNode
}

export function IconButton({ label, className = '', ...props }: IconButtonProps) {
  const isOn = props['aria-pressed'] === true
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`button button-icon ${isOn ? 'button-on' : ''} ${className}`}
      {...props}
    />
  )
}
