import { useEffect } from 'react'
import { useSettings } from '../../stores/settings.ts'

/** Puts the chosen theme on the page; "system" leaves it to the system. */
export function useTheme(): void {
  const theme = useSettings(({ settings }) => settings.theme)
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }, [theme])
}
