import { expect, it } from 'vitest'
import type { RecordQuery } from '#main/store/record-log.ts'
import { historyBench } from '#test/support/history-bench.ts'
import { searchRecords } from './search-records.ts'

const signal = new AbortController().signal

function longRun() {
  const bench = historyBench()
  bench.addRun({ id: 'long', daysAgo: 1, records: 120_000 })
  const seqs = async (query: Partial<RecordQuery>) => {
    const whole = { runId: 'long', afterSeq: 0, limit: 100, ...query }
    const inPieces = (await searchRecords(bench.store.records, whole, signal)).map(({ seq }) => seq)
    expect(inPieces).toEqual(bench.store.records.page(whole).map(({ seq }) => seq))
    return inPieces
  }
  return { ...bench, seqs }
}

it('a search in pieces finds what one in a piece finds, page by page', async () => {
  const { seqs } = longRun()
  expect(await seqs({ search: 'R-119999' })).toEqual([119_999])
  expect(await seqs({ search: 'no such record' })).toEqual([])
  expect(await seqs({ search: 'Müller 1199' })).toHaveLength(100)
  expect((await seqs({ search: '99999', afterSeq: 60_000 })).at(0)).toBe(99_999)
  expect(await seqs({ search: '777', outcome: 'updated', limit: 3 })).toHaveLength(3)
  expect(await seqs({ search: '777', outcome: 'failed' })).toEqual([])
})

it('a search that nobody waits for any more ends', async () => {
  const { store } = longRun()
  const ending = new AbortController()
  let pages = 0
  const records = {
    ...store.records,
    page: (query: RecordQuery) => {
      pages += 1
      ending.abort()
      return store.records.page(query)
    },
  }
  await searchRecords(records, { runId: 'long', afterSeq: 0, limit: 10, search: 'no such record' }, ending.signal)
  expect(pages).toBe(1)
})
