import { expect, it } from 'vitest'
import { createSlices } from './slices.ts'

const signal = new AbortController().signal

function slicesOf(isBusy: boolean) {
  const pausesMs: number[] = []
  let nowMs = 0
  const clock = { now: () => nowMs, sleep: async (durationMs: number) => void pausesMs.push(durationMs) }
  const lasts = (durationMs: number): void => {
    nowMs += durationMs
  }
  return { pausesMs, lasts, slices: createSlices({ clock, isBusy: () => isBusy, signal }) }
}

/** How much each of so many pieces was told to take, where a row takes so long. */
async function countsOf(isBusy: boolean, rowMs: number, pieces: number): Promise<readonly number[]> {
  const { slices, lasts } = slicesOf(isBusy)
  const counts: number[] = []
  for (let piece = 0; piece < pieces; piece += 1) {
    await slices.next((count) => {
      counts.push(count)
      lasts(count * rowMs)
    })
  }
  return counts
}

it('pieces grow until one takes five to ten milliseconds', async () => {
  const last = (await countsOf(false, 0.02, 20)).at(-1) ?? 0
  expect([last * 0.02 >= 5, last * 0.02 <= 10]).toEqual([true, true])
})

it('pieces grow no further than to 2,000 rows', async () => {
  expect((await countsOf(false, 0, 30)).at(-1)).toBe(2_000)
})

it('pieces shrink where rows are large', async () => {
  expect(await countsOf(false, 2, 5)).toEqual([50, 25, 12, 10, 10])
})

it('pieces are smaller and pauses longer while something runs', async () => {
  expect((await countsOf(true, 0.05, 12)).at(-1)).toBeLessThan((await countsOf(false, 0.05, 12)).at(-1) ?? 0)
  const [busy, idle] = [slicesOf(true), slicesOf(false)]
  await busy.slices.next(() => undefined)
  await idle.slices.next(() => undefined)
  expect([busy.pausesMs, idle.pausesMs]).toEqual([[100], [10]])
})
