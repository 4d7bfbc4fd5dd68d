import path from 'node:path'

/** Folders that are opened as plain files, also by native code, and so lie beside the app's archive in a package. */
export type Resource = 'model' | 'samples'

const IN_SOURCES: Readonly<Record<Resource, string>> = { model: 'engine/model', samples: 'samples' }

/** Where a folder lies: in `resources/` of a package, at its place in the sources otherwise. */
export function findResource(
  name: Resource,
  app: { readonly isPackaged: boolean; readonly appPath: string; readonly resourcesPath: string },
): string {
  return app.isPackaged
    ? path.join(app.resourcesPath, name)
    : path.join(app.appPath, ...IN_SOURCES[name].split('/'))
}
