type Environment = Readonly<Record<string, string | undefined>>

/**
 * The environment for a Node process that runs the engine. glibc gives every thread memory of its own to take pieces from and
 * hardly ever gives any back; with two such places instead of sixteen, and pieces of a megabyte and more given back at once, two
 * reading threads stay below 400 MB.
 */
export function createEngineEnvironment(base: Environment): Record<string, string | undefined> {
  return {
    MALLOC_ARENA_MAX: '2',
    MALLOC_MMAP_THRESHOLD_: '1048576',
    MALLOC_TRIM_THRESHOLD_: '1048576',
    ...base,
  }
}

/**
 * For the engine that the app starts for itself: without what is meant for an engine run alone, and without the keys of other services,
 * which are none of its business.
 */
export function omitForeignVariables(base: Environment): Record<string, string | undefined> {
  const own = Object.entries(base).filter(([name]) => !/^(?:FORMULIFT_ENGINE|MATHPIX)_/i.test(name))
  return Object.fromEntries(own)
}
