/**
 * What shared code may name of the platform: the same in Node and in browsers. Kept to what is needed, so that
 * nothing else of either platform slips in.
 */
declare global {
  interface AbortSignal {
    readonly aborted: boolean
    throwIfAborted(): void
  }
}

export {}
