import { describe, expect, it } from 'vitest'
import { type BenchLeg, legsBench } from '#test/support/legs-bench.ts'
import { createMemoryService, type MemoryService } from '#test/support/memory-service.ts'
import { tempFolder } from '#test/support/temp-folder.ts'

function leg(id: string, source: MemoryService, destination: MemoryService, field = 'value'): BenchLeg {
  return {
    id,
    source: { name: source.object.description.name, object: source.object },
    destination: { name: destination.object.description.name, object: destination.object },
    match: ['email'],
    field,
    deletes: 'delete',
  }
}

const service = (name: string, key = 'email'): MemoryService => createMemoryService({ name, key })
const benchIn = () => legsBench({ folder: tempFolder(), journal: (journal) => journal })

function people(source: MemoryService, count: number): void {
  for (let index = 1; index <= count; index++)
    source.put(`s${index}`, { Email: `p${index}@x.example`, Value: `${index}` })
}

describe('a record that is gone from the source of a fan-out', () => {
  it('is deleted at each follower by its own leg, and a question for each when it is there again', async () => {
    const [orders, books, list] = [service('orders', 'Email'), service('books'), service('list')]
    people(orders, 5)
    const bench = benchIn()
    const [first, second] = [leg('to-books', orders, books), leg('to-list', orders, list)]
    for (const one of [first, second, first, second]) await bench.run(one)
    orders.drop('s2')
    const runs = [await bench.run(first), await bench.run(second)]
    expect([runs.map(({ counts }) => counts.deleted), books.records.size, list.records.size]).toEqual([[1, 1], 4, 4])
    people(orders, 5)
    const again = [await bench.run(first), await bench.run(second)]
    expect(again.map(({ counts }) => [counts.created, counts.held])).toEqual([
      [0, 1],
      [0, 1],
    ])
  })
})

describe('a record that is gone from one source of an aggregation', () => {
  it('stays as long as another source brings it, and goes with the last', async () => {
    const [fair, readers, crm] = [service('fair', 'Email'), service('readers', 'Email'), service('crm')]
    people(fair, 5)
    people(readers, 3)
    const bench = benchIn()
    const [first, second] = [leg('fair-to-crm', fair, crm, 'phone'), leg('readers-to-crm', readers, crm, 'news')]
    for (const one of [first, second, first, second]) await bench.run(one)
    fair.drop('s2')
    const kept = await bench.run(first)
    expect([kept.counts.deleted, kept.counts.skipped, crm.records.size]).toEqual([0, 1, 5])
    readers.drop('s2')
    expect([(await bench.run(second)).counts.deleted, crm.records.size]).toEqual([1, 4])
  })
})
