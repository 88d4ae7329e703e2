/** Records that others lost at the edge of an incremental read (docs/failures-of-others.md). */
import { describe, expect, it } from 'vitest'
import { engineBench } from '#test/support/engine-bench.ts'
import { createMemoryService } from '#test/support/memory-service.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** A destination that has been filled at ten o'clock; `next` runs once more, a day later, and tells what arrived. */
async function filledAtTen(changes: { readonly granularityMs: number; readonly lookbackMs: number }) {
  const tenMs = Date.UTC(2026, 2, 1, 10)
  let now = tenMs
  const source = createMemoryService({
    name: 'rows',
    now: () => now,
    changes: { kind: 'updated-since', ...changes },
  })
  const crm = createMemoryService()
  const bench = engineBench({ source: source.object, destination: crm.object, nowMs: () => now })
  source.put('s1', { Email: 'first@example.com', Name: 'First' })
  await bench.run()
  /** What the source shows, with the time it gives to it. */
  const appears = (name: string, at: number): void => {
    now = at
    source.put(name, { Email: `${name}@example.com`, Name: name })
  }
  const next = async () => {
    now = tenMs + dayMs
    const { counts, readCount } = await bench.run()
    return { created: counts.created, readCount }
  }
  const runAt = (at: number) => {
    now = at
    return bench.run()
  }
  return { appears, next, tenMs, runAt }
}

describe('the completeness check', () => {
  it('reads everything after a week, finds what reading changes had missed, and says how much', async () => {
    const { appears, next, tenMs, runAt } = await filledAtTen({ granularityMs: 0, lookbackMs: 0 })
    await next()
    // The service tells it with a time long before the last run: reading changes never meets it.
    appears('forgotten', tenMs - dayMs)
    const soon = await runAt(tenMs + 2 * dayMs)
    expect([soon.counts.created, soon.notes]).toEqual([0, []])
    const check = await runAt(tenMs + 8 * dayMs)
    expect([check.counts.created, check.notes.map(({ code }) => code)]).toEqual([1, ['missed']])
    expect(check.notes[0]?.message).toMatch(/1 record had been missed/)
    expect((await runAt(tenMs + 9 * dayMs)).notes).toEqual([])
    expect((await runAt(tenMs + 16 * dayMs)).notes.map(({ code }) => code)).toEqual(['complete'])
  })
})

describe('an incremental read', () => {
  it('finds what came in the very millisecond in which the last one began', async () => {
    const { appears, next, tenMs } = await filledAtTen({ granularityMs: 0, lookbackMs: 0 })
    appears('boundary', tenMs)
    expect(await next()).toMatchObject({ created: 1 })
  })

  it('finds all that came in one instant, however many pages they fill, and writes none of them twice', async () => {
    const { appears, next, tenMs } = await filledAtTen({ granularityMs: 1_000, lookbackMs: 0 })
    for (let index = 1; index <= 1_000; index++) appears(`flood${index}`, tenMs + 60_000)
    expect(await next()).toMatchObject({ created: 1_000 })
    expect(await next()).toMatchObject({ created: 0 })
  })

  it('finds what the service showed late, with an earlier time, as far as it looks back', async () => {
    const late = 5 * 60_000
    const lookingBack = await filledAtTen({ granularityMs: 1, lookbackMs: late })
    lookingBack.appears('late', lookingBack.tenMs - late)
    expect(await lookingBack.next()).toMatchObject({ created: 1 })

    const twin = await filledAtTen({ granularityMs: 1, lookbackMs: 0 })
    twin.appears('late', twin.tenMs - late)
    expect(await twin.next()).toMatchObject({ created: 0 })
  })

  it('finds what came later on the same day, where the service knows days only', async () => {
    const days = await filledAtTen({ granularityMs: dayMs, lookbackMs: 0 })
    days.appears('afternoon', Date.UTC(2026, 2, 1))
    expect(await days.next()).toMatchObject({ created: 1 })

    const twin = await filledAtTen({ granularityMs: 0, lookbackMs: 0 })
    twin.appears('afternoon', Date.UTC(2026, 2, 1))
    expect(await twin.next()).toMatchObject({ created: 0 })
  })

  it('reads again what it looks back over, and writes nothing twice', async () => {
    const { next } = await filledAtTen({ granularityMs: 1, lookbackMs: hourMs })
    expect(await next()).toEqual({ created: 0, readCount: 1 })
    expect(await next()).toMatchObject({ created: 0 })
  })
})
