import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contract, type ProcedureName } from '#shared/contract/contract.ts'
import type { CallContext, HandlersOf } from '#shared/contract/handlers.ts'
import { type Procedure, procedure } from '#shared/contract/procedure.ts'
import type { ErrorInfo } from '#shared/errors.ts'
import { testHandlers } from '#test/support/host/test-handlers.ts'
import { systemClock } from './clock.ts'
import { createDispatch, type DispatchOptions } from './dispatch.ts'

const never = { signal: new AbortController().signal }
const anyProcedure = (parts: Partial<Procedure> = {}): Procedure =>
  procedure({ input: z.any(), output: z.any(), effect: 'read', ...parts })

function dispatchOf(handler: (input: unknown, context: CallContext) => unknown, more: Partial<DispatchOptions> = {}) {
  // One procedure of a contract that only this test has.
  const handlers = { 'test.it': handler } as unknown as HandlersOf<ProcedureName>
  return createDispatch({ handlers, clock: systemClock, procedures: { 'test.it': anyProcedure() }, ...more })
}

const codeOf = async (answer: ReturnType<ReturnType<typeof createDispatch>>): Promise<string> => {
  const envelope = await answer
  return envelope.ok ? 'ok' : envelope.error.code
}

describe('the dispatch', () => {
  for (const [what, output] of Object.entries({
    Date: { at: new Date(0) },
    Map: new Map(),
    undefined: { at: undefined },
    bigint: 1n,
    Infinity: [Number.POSITIVE_INFINITY],
  })) {
    it(`lets no ${what} out, even where the schema allows it`, async () => {
      const envelope = await dispatchOf(() => output)('test.it', {}, never)
      expect(envelope).toMatchObject({
        ok: false,
        error: { kind: 'bug', code: 'bad-output', details: { problem: `${what} is not JSON` } },
      })
    })
  }

  it('lets the same output through once it is JSON', async () => {
    expect(await dispatchOf(() => ({ at: '1970-01-01T00:00:00.000Z' }))('test.it', {}, never)).toMatchObject({
      ok: true,
    })
  })

  it('does not wait for a handler that ignores its signal, nor stumble over its late failure', async () => {
    let aborted: unknown
    const dispatch = dispatchOf(
      (_, { signal }) => {
        signal.addEventListener('abort', () => {
          aborted = signal.reason
        })
        return new Promise((_resolve, reject) => setTimeout(() => reject(new Error('late')), 60))
      },
      { timeLimitOf: () => 20 },
    )
    expect(await codeOf(dispatch('test.it', {}, never))).toBe('took-too-long')
    expect(aborted).toMatchObject({ code: 'took-too-long' })
    await systemClock.sleep(80)
  })

  it('answers a caller that goes away, and one that is already gone', async () => {
    const dispatch = dispatchOf(() => new Promise(() => undefined))
    const caller = new AbortController()
    const answer = dispatch('test.it', {}, { signal: caller.signal })
    caller.abort()
    expect(await codeOf(answer)).toBe('caller-gone')
    expect(await codeOf(dispatch('test.it', {}, { signal: AbortSignal.abort() }))).toBe('caller-gone')
  })

  it('uses the limit of the procedure', async () => {
    const slow = dispatchOf(() => new Promise(() => undefined), {
      procedures: { 'test.it': anyProcedure({ timeoutMs: 30 }) },
    })
    expect(await slow('test.it', {}, never)).toMatchObject({ error: { details: { limitMs: 30 } } })
  })

  it('counts the bytes of an input, not its signs', async () => {
    const dispatch = dispatchOf(() => 'ok', { procedures: { 'test.it': anyProcedure({ maxInputBytes: 12 }) } })
    expect(await codeOf(dispatch('test.it', 'ü'.repeat(5), never))).toBe('ok')
    expect(await codeOf(dispatch('test.it', 'ü'.repeat(6), never))).toBe('input-too-large')
  })

  it('tells bugs to the log without secrets, and only bugs', async () => {
    const seen: ErrorInfo[] = []
    const options = {
      redact: (text: string) => text.replaceAll('1234', '[secret]'),
      onError: (error: ErrorInfo) => void seen.push(error),
    }
    await dispatchOf(() => {
      throw new Error('PIN 1234')
    }, options)('test.it', {}, never)
    expect(seen.map(({ details }) => details)).toEqual([{ technical: 'Error: PIN [secret]' }])
    const refusing = dispatchOf(() => 1, { ...options, procedures: { 'test.it': anyProcedure({ input: z.string() }) } })
    await refusing('test.it', 1, never)
    expect(seen).toHaveLength(1)
  })

  it('survives getters and proxies as input', async () => {
    const trap = {
      get x(): never {
        throw new Error('no')
      },
    }
    expect(await codeOf(dispatchOf(() => 1)('test.it', trap, never))).toBe('unexpected')
  })

  for (const name of [null, 7, {}, [], Symbol('x'), 'test.it '] as const) {
    it(`knows no procedure called ${String(name)}`, async () => {
      expect(await codeOf(dispatchOf(() => 1)(name, {}, never))).toBe('unknown-procedure')
    })
  }

  it('needs a handler for every procedure: a missing one does not compile', () => {
    const all = testHandlers({ publish: () => undefined })
    const { 'runs.list': _missing, ...most } = all
    // @ts-expect-error: 'runs.list' is missing.
    const handlers: HandlersOf<ProcedureName> = most
    expect(Object.keys(handlers)).toHaveLength(Object.keys(contract).length - 1)
  })
})
