import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import { openExternalLink } from './security.ts'

/** The standard roles: they carry the platform's shortcuts for text editing, zoom and quitting. */
export function setMenu(isDevelopment: boolean): void {
  const view: MenuItemConstructorOptions[] = [
    { role: 'reload' },
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(isDevelopment ? DEVELOPMENT : []),
  ]
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { label: 'File', submenu: [process.platform === 'darwin' ? { role: 'close' } : { role: 'quit' }] },
    { role: 'editMenu' },
    { label: 'View', submenu: view },
    {
      role: 'help',
      submenu: [
        {
          label: 'Mathpix API documentation',
          click: () => void openExternalLink('https://docs.mathpix.com/'),
        },
        { label: `Formulift ${app.getVersion()}`, enabled: false },
      ],
    },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

const DEVELOPMENT: MenuItemConstructorOptions[] = [{ type: 'separator' }, { role: 'toggleDevTools' }]
