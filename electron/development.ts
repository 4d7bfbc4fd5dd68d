/** What the environment may change of the app while it is developed and tested. */
export type Development = {
  /** Vite's server, which serves the page instead of the built files. */
  readonly devServer?: string
  /** Stands in for every Mathpix address. */
  readonly mathpixApi?: string
}

/**
 * Variables that lead the page or the keys elsewhere. An installed app does not look at them: whoever can set one for a user must not
 * thereby get the user's keys, or a window of their own making.
 */
export function readDevelopment(
  env: NodeJS.ProcessEnv,
  { isPackaged }: { readonly isPackaged: boolean },
): Development {
  if (isPackaged) return {}
  const { VITE_DEV_SERVER_URL: devServer, MATHPIX_API: mathpixApi } = env
  return { ...(devServer ? { devServer } : {}), ...(mathpixApi ? { mathpixApi } : {}) }
}
