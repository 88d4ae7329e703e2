/** The shortest way: calls go straight to the dispatch. Also turns any transport back into a dispatch, for whoever passes calls on. */
import { readEnvelope } from '#shared/contract/envelope.ts'
import type { Transport } from '#shared/contract/transport.ts'
import { errorInfoOf } from '#shared/errors.ts'
import type { Dispatch } from './dispatch.ts'
import { callerGone } from './failures.ts'

export function createInProcessTransport(dispatch: Dispatch): Transport {
  return {
    send: (name, input) => {
      const caller = new AbortController()
      return { answer: dispatch(name, input, { signal: caller.signal }), abandon: () => caller.abort() }
    },
  }
}

/** A dispatch that passes every call on; abandons it when the caller is gone. */
export function dispatchOver(transport: Transport): Dispatch {
  return async (name, input, { signal }) => {
    const gone = new Promise<'gone'>((resolve) => {
      signal.addEventListener('abort', () => resolve('gone'), { once: true })
      if (signal.aborted) resolve('gone')
    })
    try {
      const pending = transport.send(String(name), input)
      const answer = await Promise.race([pending.answer, gone])
      if (answer !== 'gone') return readEnvelope(answer)
      pending.abandon()
      return { ok: false, error: callerGone }
    } catch (thrown) {
      return { ok: false, error: errorInfoOf(thrown) }
    }
  }
}
