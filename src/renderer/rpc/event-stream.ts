/** Events of the core to the page: one line of JSON each; comes back by itself, and goes on where it was. */
import type { EventMessage } from '#shared/contract/events.ts'
import { type EventPosition, positionAfter } from '#shared/contract/transport.ts'
import { authorization, type Line } from './http-transport.ts'

export interface EventStreamOptions {
  readonly line: Line
  readonly onMessage: (message: EventMessage) => void
  readonly onConnected: (isConnected: boolean) => void
  readonly startTimer: (durationMs: number, action: () => void) => () => void
  /** Go on after this event. */
  readonly after?: EventPosition
}

/** The host sends an empty line every 15 s; three missing ones mean that nobody is there. */
const silenceMs = 45_000
const firstPauseMs = 500
const longestPauseMs = 10_000

/** Reads until the answered function is called, or the host says that this page needs a new link. */
export function readEvents(options: EventStreamOptions): () => void {
  const stopped = new AbortController()
  void follow(options, stopped.signal)
  return () => stopped.abort()
}

async function follow(options: EventStreamOptions, stopped: AbortSignal): Promise<void> {
  let position = options.after
  let pauseMs = firstPauseMs
  const take = (message: EventMessage): void => {
    pauseMs = firstPauseMs
    position = positionAfter(message) ?? position
    if (!stopped.aborted) options.onMessage(message)
  }
  while (!stopped.aborted) {
    const end = await readOnce(options, { position, take, stopped })
    if (stopped.aborted || end === 'needs-link') return
    options.onConnected(false)
    await pause(pauseMs, options, stopped)
    pauseMs = Math.min(longestPauseMs, pauseMs * 2)
  }
}

interface Reading {
  readonly position: EventPosition | undefined
  readonly take: (message: EventMessage) => void
  readonly stopped: AbortSignal
}

async function readOnce(options: EventStreamOptions, reading: Reading): Promise<'ended' | 'needs-link'> {
  const { line } = options
  const silent = new AbortController()
  let stopTimer = options.startTimer(silenceMs, () => silent.abort())
  const noteSign = (): void => {
    stopTimer()
    stopTimer = options.startTimer(silenceMs, () => silent.abort())
  }
  try {
    const response = await line.fetch(addressOf(line, reading.position), {
      headers: authorization(line),
      signal: AbortSignal.any([reading.stopped, silent.signal]),
    })
    if (response.status === 401) {
      line.onNeedsLink()
      return 'needs-link'
    }
    if (!response.ok || !response.body) return 'ended'
    if (!reading.stopped.aborted) options.onConnected(true)
    await readLines(response.body, noteSign, reading.take)
    return 'ended'
  } catch {
    // Whatever broke the line: it is opened again.
    return 'ended'
  } finally {
    stopTimer()
  }
}

function addressOf(line: Line, position: EventPosition | undefined): string {
  const query = position ? `?boot=${encodeURIComponent(position.boot)}&seq=${position.seq}` : ''
  return `${line.base}/events${query}`
}

async function readLines(
  body: ReadableStream<Uint8Array>,
  noteSign: () => void,
  take: (message: EventMessage) => void,
): Promise<void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    noteSign()
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    // Each line is an event message of the host this page came from.
    for (const text of lines) if (text !== '') take(JSON.parse(text) as EventMessage)
  }
}

function pause(durationMs: number, options: EventStreamOptions, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stopTimer = options.startTimer(durationMs, resolve)
    stopped.addEventListener(
      'abort',
      () => {
        stopTimer()
        resolve()
      },
      { once: true },
    )
  })
}
