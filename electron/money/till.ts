import { imagesAllowed, imagesLeft, type DailySpending } from '../../shared/money.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { EngineChoice, Settings } from '../../shared/settings.ts'
import type { Connection } from '../mathpix/client.ts'
import { accountOf, limitError, type Post, type Spending } from './spending.ts'

/** Lets a paid request pass only once it is counted and within the user's limit for the day. This computer costs nothing. */
export class Till {
  readonly #spending: Spending
  readonly #settings: () => Settings

  constructor(spending: Spending, settings: () => Settings) {
    this.#spending = spending
    this.#settings = settings
  }

  async reserve(engine: EngineChoice, connection: Connection, posts: readonly Post[]): Promise<Result<void>> {
    if (engine.kind === 'local') return ok(undefined)
    return this.#spending.reserve(accountFor(engine.baseUrl, connection), posts, this.#allowed())
  }

  /** Whether so many images could be reserved now; counts nothing. */
  check(engine: EngineChoice, connection: Connection, images: number): Result<void> {
    const left = imagesLeft(this.today(engine, connection))
    return left === undefined || images <= left ? ok(undefined) : fail(limitError(images, left))
  }

  /** For a request that was certainly not accepted; `images` when it concerns only some of it. */
  async giveBack(id: string, images?: number): Promise<void> {
    await this.#spending.giveBack(id, images)
  }

  today(engine: EngineChoice, connection: Connection): DailySpending {
    if (engine.kind === 'local') return { images: 0 }
    return this.#spending.today(accountFor(engine.baseUrl, connection), this.#allowed())
  }

  close(): Promise<void> {
    return this.#spending.close()
  }

  #allowed(): number | undefined {
    return imagesAllowed(this.#settings().dailyLimit)
  }
}

/** The account that a request with this connection is billed to. */
export function accountFor(baseUrl: string, { credentials }: Connection): string {
  return accountOf(baseUrl, credentials.app_id)
}
