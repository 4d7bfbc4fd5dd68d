import type { AddressReport, EngineChoice } from '../../../shared/settings.ts'
import { checkPublicAddress, type AddressCheck } from '../../hosting/check-public-address.ts'
import { isPrivateHost } from '../../hosting/private-hosts.ts'
import type { TimedDeps } from '../service-deps.ts'

/** By which ways local files can reach an engine at the moment. */
export type OpenWays = {
  /** A public address that leads to the file host from where the engine is; without a slash at its end. */
  readonly publicBase?: string
  /** Why the public address that the user set cannot be used, in plain words. */
  readonly addressProblem?: string
  readonly takesDataUris: boolean
}

type WayDeps = Pick<TimedDeps, 'host' | 'settings' | 'connect' | 'elapsed'>

/** How long a check of the public address counts; a run of many parts checks before each. */
const CHECK_COUNTS_MS = 20_000
/** How long a server is believed to take no data URIs, unless the app is started anew. */
const REFUSAL_COUNTS_MS = 24 * 60 * 60 * 1000

/** Knows which ways are open: checks the public address, and remembers which servers took no data URIs. */
export class Ways {
  readonly #deps: WayDeps
  readonly #refusedAt = new Map<string, number>()
  #checked: { readonly base: string; readonly at: number; readonly check: Promise<AddressCheck> } | undefined

  constructor(deps: WayDeps) {
    this.#deps = deps
  }

  /** The ways to an engine, the public address checked. The engine on this computer needs none of them. */
  async open(engine: EngineChoice): Promise<OpenWays> {
    if (engine.kind === 'local') return { takesDataUris: true }
    const takesDataUris = this.takesDataUris(engine)
    const base = publicBaseOf(this.#deps)
    if (base === undefined) return { takesDataUris }
    const check = await this.#check(base)
    if (!check.ok) return { takesDataUris, addressProblem: check.problem }
    if (check.isPrivate && !(await this.#isNearby(engine)))
      return { takesDataUris, addressProblem: TOO_PRIVATE }
    return { takesDataUris, publicBase: base }
  }

  /** Checks an address anew, for the settings; what it finds counts for the next run too. */
  async report(address: string): Promise<AddressReport> {
    const forwardTo = `http://127.0.0.1:${this.#deps.host.port}`
    const base = withoutSlash(address)
    if (base === '') return { state: 'off', message: '', forwardTo }
    const check = await this.#checkNow(base)
    if (!check.ok) return { state: 'closed', message: check.problem, forwardTo }
    return { state: check.isPrivate ? 'private' : 'open', message: '', forwardTo }
  }

  takesDataUris(engine: EngineChoice): boolean {
    if (engine.kind === 'local') return true
    const at = this.#refusedAt.get(engine.baseUrl)
    return at === undefined || this.#deps.elapsed() - at >= REFUSAL_COUNTS_MS
  }

  /** What an answer showed about a server. */
  noteDataUris(engine: EngineChoice, areTaken: boolean): void {
    if (engine.kind === 'local') return
    if (areTaken) this.#refusedAt.delete(engine.baseUrl)
    else this.#refusedAt.set(engine.baseUrl, this.#deps.elapsed())
  }

  #check(base: string): Promise<AddressCheck> {
    const isFresh = this.#checked?.base === base && this.#deps.elapsed() - this.#checked.at < CHECK_COUNTS_MS
    return isFresh && this.#checked ? this.#checked.check : this.#checkNow(base)
  }

  #checkNow(base: string): Promise<AddressCheck> {
    const check = checkPublicAddress(base, this.#deps.host)
    this.#checked = { base, at: this.#deps.elapsed(), check }
    return check
  }

  /** A server in a private network may well reach an address of that network. */
  async #isNearby(engine: EngineChoice & { kind: 'mathpix' }): Promise<boolean> {
    const connection = await this.#deps.connect(engine)
    const address = connection.ok ? connection.value.baseUrl : engine.baseUrl
    return isPrivateHost(new URL(address).hostname)
  }
}

export const TOO_PRIVATE = 'It leads into your own network, where this server cannot fetch from.'

/** The public address as the user set it; not known to lead anywhere. */
export function publicBaseOf({ settings }: Pick<TimedDeps, 'settings'>): string | undefined {
  const base = withoutSlash(settings().publicBaseUrl)
  return base === '' ? undefined : base
}

function withoutSlash(address: string): string {
  return address.trim().replace(/\/+$/, '')
}
