/**
 * Runs calculations in workers that can be killed. JSONata's own limits do not hold inside a regular expression or
 * $pad, so an item that does not answer in time costs its worker; the other items go to a new one.
 */
import { Worker } from 'node:worker_threads'
import type { Answer } from '#shared/mapping/evaluate-types.ts'
import {
  type CalculateMessage,
  type Calculation,
  type CalculatorWorkerData,
  tookTooLong,
  type WorkerMessage,
} from './calculator-messages.ts'

export interface CalculatorOptions {
  /** How long one item may take. */
  readonly timeoutMs: number
  /** How many workers run at most. Each takes about 15 MB while it lives. */
  readonly workers: number
  /** How long an idle worker is kept. Default: 30 s. */
  readonly idleMs?: number
  /** The worker's file; default: beside this one. */
  readonly workerUrl?: URL
}

export interface Calculator {
  /** One answer per item, in their order. Never rejects: what cannot be calculated is an answer with a reason. */
  readonly evaluate: (items: readonly Calculation[]) => Promise<readonly Answer[]>
  /** Ends all workers; open items are answered as not calculated. */
  readonly close: () => Promise<void>
}

interface Job {
  readonly item: Calculation
  readonly settle: (answer: Answer) => void
}

interface Slot {
  worker: Worker | undefined
  isReady: boolean
  /** Items the worker has, in the order in which it answers. */
  running: Job[]
  timer: NodeJS.Timeout | undefined
}

const startTimeoutMs = 20_000
const maximalBatch = 64
/** Beyond its own limit an item gets a little time, so that JSONata can stop by itself and keep the worker. */
const graceMs = 200

export function createCalculator(options: CalculatorOptions): Calculator {
  const slots: readonly Slot[] = Array.from({ length: Math.max(1, options.workers) }, newSlot)
  const queue: Job[] = []
  let isClosed = false

  function evaluate(items: readonly Calculation[]): Promise<readonly Answer[]> {
    const answers = items.map((item) => new Promise<Answer>((settle) => queue.push({ item, settle })))
    assign()
    return Promise.all(answers)
  }

  function assign(): void {
    if (isClosed) failAll(queue.splice(0), 'the calculator was closed')
    for (const slot of slots) {
      if (queue.length === 0) return
      if (slot.running.length > 0) continue
      const share = Math.min(maximalBatch, Math.ceil(queue.length / slots.length))
      slot.running = queue.splice(0, share)
      if (slot.isReady) start(slot)
      else openWorker(slot)
    }
  }

  function openWorker(slot: Slot): void {
    const worker = newWorker(options)
    slot.worker = worker
    watch(slot, startTimeoutMs, () => lose(slot, 'the calculator did not start'))
    worker.on('message', (message: WorkerMessage) => {
      if (slot.worker === worker) receive(slot, message)
    })
    worker.on('error', (error) => {
      if (slot.worker === worker) lose(slot, reasonOf(error))
    })
    worker.on('exit', () => {
      if (slot.worker === worker) lose(slot, 'the calculation ended its worker')
    })
  }

  function receive(slot: Slot, message: WorkerMessage): void {
    if (message.kind === 'ready') {
      slot.isReady = true
      start(slot)
      return
    }
    slot.running.shift()?.settle(message.answer)
    if (slot.running.length > 0) watchItem(slot)
    else rest(slot)
  }

  function start(slot: Slot): void {
    slot.worker?.ref()
    slot.worker?.postMessage({ items: slot.running.map((job) => job.item) } satisfies CalculateMessage)
    watchItem(slot)
  }

  function watchItem(slot: Slot): void {
    watch(slot, options.timeoutMs + graceMs, () => lose(slot, tookTooLong(options.timeoutMs)))
  }

  /** Idle: takes the next items, or is kept for a while without keeping the process alive. */
  function rest(slot: Slot): void {
    watch(slot, options.idleMs ?? 30_000, () => void drop(slot))
    slot.timer?.unref()
    slot.worker?.unref()
    assign()
  }

  /** The worker is lost with its first item; the others start again. A worker that never started takes all with it. */
  function lose(slot: Slot, reason: string): void {
    const lost = slot.isReady ? slot.running.splice(0, 1) : slot.running.splice(0)
    queue.unshift(...slot.running.splice(0))
    void drop(slot)
    failAll(lost, reason)
    assign()
  }

  async function close(): Promise<void> {
    isClosed = true
    failAll([...queue.splice(0), ...slots.flatMap((slot) => slot.running.splice(0))], 'the calculator was closed')
    await Promise.all(slots.map(drop))
  }

  return { evaluate, close }
}

function newSlot(): Slot {
  return { worker: undefined, isReady: false, running: [], timer: undefined }
}

function newWorker({ workerUrl, timeoutMs }: CalculatorOptions): Worker {
  return new Worker(workerUrl ?? new URL('./calculator-worker.ts', import.meta.url), {
    workerData: { timeoutMs } satisfies CalculatorWorkerData,
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 4, stackSizeMb: 4 },
    execArgv: [],
    env: {},
  })
}

function watch(slot: Slot, limitMs: number, onLate: () => void): void {
  clearTimeout(slot.timer)
  slot.timer = setTimeout(onLate, limitMs)
}

async function drop(slot: Slot): Promise<void> {
  const { worker } = slot
  clearTimeout(slot.timer)
  slot.worker = undefined
  slot.isReady = false
  await worker?.terminate()
}

function failAll(jobs: readonly Job[], reason: string): void {
  for (const job of jobs) job.settle({ found: false, reason })
}

function reasonOf(error: unknown): string {
  // Node marks its errors with a code.
  const { code } = Object(error) as { code?: unknown }
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'the calculation needed too much memory' : 'the calculation failed'
}
