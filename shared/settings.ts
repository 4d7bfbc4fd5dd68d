import { z } from 'zod'
import { DailyLimit } from './money.ts'
import { COPY_FORMAT_NAMES, DOCUMENT_FORMAT_NAMES } from './output-formats.ts'
import { DEFAULT_OPTIONS, OcrOptions } from './parameters.ts'

/** Where a batch is sent. "This computer" is the embedded engine; its port is never stored. */
export const EngineChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('local') }),
  z.object({ kind: z.literal('mathpix'), baseUrl: z.url({ protocol: /^https?$/ }) }),
])
export type EngineChoice = z.infer<typeof EngineChoice>

export const MATHPIX_GLOBAL = 'https://api.mathpix.com'
export const MATHPIX_EU = 'https://eu-central-1.api.mathpix.com'

export const ImagesPerMinute = z.number().int().min(1).max(10_000)
/** What Mathpix's user guide names for a key; a newer page says 200. */
export const STANDARD_IMAGES_PER_MINUTE = 50

/** Below this the engine's own estimate says that one reading in ten or more has a mistake. */
export const STANDARD_LOOK_BELOW = 0.9
/** A confidence, from 0 to 1. */
export const LookBelow = z.number().min(0).max(1)

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  engine: EngineChoice.default({ kind: 'local' }),
  options: OcrOptions.default(DEFAULT_OPTIONS),
  /** The user's own presets of options; the latest of a name counts. */
  presets: z
    .array(z.object({ name: z.string().min(1).max(60), options: OcrOptions }))
    .max(50)
    .default([]),
  /** What a preset could hold of the options of the last run. */
  lastOptions: OcrOptions.nullable().default(null),
  copyFormat: z.enum(COPY_FORMAT_NAMES).default('latex'),
  exportFormat: z.enum(DOCUMENT_FORMAT_NAMES).default('docx'),
  /** A result of less confidence needs a look. */
  lookBelow: LookBelow.default(STANDARD_LOOK_BELOW),
  singleKeyShortcuts: z.boolean().default(true),
  /** The user's keys: command → key, as renderer/commands writes them; empty: none. */
  keys: z.record(z.string(), z.string()).default({}),
  /** A public https address that forwards to the built-in file host (a tunnel), for files sent to Mathpix. */
  publicBaseUrl: z.string().default(''),
  /** The most that may be sent to one paid account on one day; null: no limit. */
  dailyLimit: DailyLimit.nullable().default(null),
  /** The most that is sent to one paid account within a minute, as the account allows; null: as fast as it goes. */
  imagesPerMinute: ImagesPerMinute.nullable().default(STANDARD_IMAGES_PER_MINUTE),
})
export type Settings = z.infer<typeof Settings>

type PatchShape = {
  readonly [Name in keyof typeof Settings.shape]: z.ZodOptional<
    ReturnType<(typeof Settings.shape)[Name]['unwrap']>
  >
}

/**
 * Some of the settings. Not `Settings.partial()`: that fills in the defaults of what is absent, so that one change would undo all others.
 */
export const SettingsPatch = z.object(
  Object.fromEntries(
    Object.entries(Settings.shape).map(([name, member]) => [name, member.unwrap().optional()]),
  ) as unknown as PatchShape,
)

/** What the page may know of the keys: that they are there, never what they are. */
export const CredentialsStatus = z.object({
  hasCredentials: z.boolean(),
  /** `keychain`: kept between runs by the system; `session`: this run only; `environment`: given by environment variables. */
  storage: z.enum(['keychain', 'session', 'environment', 'none']),
  canStore: z.boolean(),
  /** Hosts to which the keys may go, because the user said so. */
  servers: z.array(z.string()),
})
export type CredentialsStatus = z.infer<typeof CredentialsStatus>

/** Whether a public address leads to the built-in file host, and what to do about it. */
export const AddressReport = z.object({
  /** `private`: only servers in the same network can fetch from it. `off`: there is no address. */
  state: z.enum(['off', 'open', 'private', 'closed']),
  /** What is wrong, in plain words; empty when all is well. */
  message: z.string(),
  /** Where on this computer a tunnel has to lead to. */
  forwardTo: z.string(),
})
export type AddressReport = z.infer<typeof AddressReport>
