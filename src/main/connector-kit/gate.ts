/**
 * The gate of one connection: how many requests are under way, how fast they follow, and whether the service has
 * asked for silence. Reads and writes pass the same gate, since the service counts them together.
 */
import { AppError, type ErrorInfo } from '#shared/errors.ts'
import type { Clock } from './clock.ts'
import { cancelledError } from './error-words.ts'
import { createPacer, type Pacer, type RateLimit } from './rate-limit.ts'
import type { Wait } from './wait.ts'

/** A pause longer than this is not waited for: the caller is told the time instead. */
export const longestPauseMs = 120_000

export interface Pause {
  readonly untilMs: number
  readonly wait: Wait
  /** Thrown to those who would have to wait longer than `longestPauseMs`. */
  readonly error: ErrorInfo
}

export interface GateOptions {
  readonly clock: Clock
  readonly maxConcurrent: number
  readonly rate?: RateLimit
  /** Told whenever a wait begins or ends (undefined). */
  readonly onWait?: (wait: Wait | undefined) => void
}

export interface Gate {
  /** Undefined where the request may start at once; otherwise a promise. Every entry needs one `leave`. */
  readonly enter: (signal: AbortSignal) => Promise<void> | undefined
  readonly leave: () => void
  /** Nobody enters before `untilMs`; a shorter pause never replaces a longer one. */
  readonly pause: (pause: Pause) => void
  readonly pausedUntilMs: () => number
  readonly waiting: () => Wait | undefined
}

/** A gate for everything that goes to one account. */
export function createGate(options: GateOptions): Gate {
  return new ConnectionGate(options)
}

class ConnectionGate implements Gate {
  readonly #clock: Clock
  readonly #maxConcurrent: number
  readonly #onWait: GateOptions['onWait']
  readonly #pacer: Pacer | undefined
  readonly #queue: (() => void)[] = []
  #running = 0
  #pause: Pause | undefined
  #pacing: Wait | undefined

  constructor({ clock, maxConcurrent, rate, onWait }: GateOptions) {
    this.#clock = clock
    this.#maxConcurrent = maxConcurrent
    this.#onWait = onWait
    this.#pacer = rate && createPacer(rate)
  }

  enter(signal: AbortSignal): Promise<void> | undefined {
    const isFull = this.#running >= this.#maxConcurrent
    if (isFull || this.#pacer || this.#currentPause()) return this.#enterSlowly(signal)
    this.#running += 1
    return undefined
  }

  leave(): void {
    this.#running -= 1
    this.#queue.shift()?.()
  }

  pause(next: Pause): void {
    if (!this.#pause || next.untilMs > this.#pause.untilMs) this.#pause = next
    this.#onWait?.(this.#pause.wait)
  }

  pausedUntilMs(): number {
    return this.#currentPause()?.untilMs ?? 0
  }

  waiting(): Wait | undefined {
    return this.#currentPause()?.wait ?? this.#pacing
  }

  #currentPause(): Pause | undefined {
    return this.#pause && this.#pause.untilMs > this.#clock.now() ? this.#pause : undefined
  }

  async #enterSlowly(signal: AbortSignal): Promise<void> {
    if (this.#running >= this.#maxConcurrent) await this.#waitForPlace(signal)
    else this.#running += 1
    try {
      if (this.#pacer || this.#currentPause()) await this.#waitForTime(signal)
    } catch (thrown) {
      this.leave()
      throw thrown instanceof AppError ? thrown : new AppError(cancelledError(), thrown)
    }
  }

  #waitForPlace(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const admit = (): void => {
        signal.removeEventListener('abort', giveUp)
        this.#running += 1
        resolve()
      }
      const giveUp = (): void => {
        this.#queue.splice(this.#queue.indexOf(admit), 1)
        reject(new AppError(cancelledError()))
      }
      signal.addEventListener('abort', giveUp, { once: true })
      this.#queue.push(admit)
    })
  }

  async #waitForTime(signal: AbortSignal): Promise<void> {
    await this.#sitOutPause(signal)
    const delayMs = this.#pacer?.reserve(this.#clock.now()) ?? 0
    if (delayMs > 0) {
      this.#pacing = pacingWait(this.#clock.now() + delayMs)
      this.#onWait?.(this.#pacing)
      await this.#clock.sleep(delayMs, signal)
      this.#pacing = undefined
      // Another request may have been told to slow down meanwhile.
      await this.#sitOutPause(signal)
    }
    if (signal.aborted) throw new AppError(cancelledError())
    this.#onWait?.(undefined)
  }

  async #sitOutPause(signal: AbortSignal): Promise<void> {
    for (let stop = this.#currentPause(); stop; stop = this.#currentPause()) {
      if (stop.untilMs - this.#clock.now() > longestPauseMs) throw new AppError(stop.error)
      this.#onWait?.(stop.wait)
      await this.#clock.sleep(stop.untilMs - this.#clock.now(), signal)
    }
  }
}

function pacingWait(untilMs: number): Wait {
  return {
    until: new Date(untilMs).toISOString(),
    reason: 'pacing',
    message: 'Requests are spread out so that the limit of the service is not reached.',
  }
}
