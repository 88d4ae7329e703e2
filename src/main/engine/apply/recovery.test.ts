import { describe, expect, it } from 'vitest'
import { engineBench } from '#test/support/engine-bench.ts'
import { createMemoryService } from '#test/support/memory-service.ts'
import { tempFolder } from '#test/support/temp-folder.ts'

function sourceOf(count: number) {
  const source = createMemoryService({ name: 'rows' })
  for (let index = 1; index <= count; index++)
    source.put(`s${index}`, { Email: `p${index}@example.com`, Name: `P ${index}` })
  return source
}

describe('taking up what was not sent', () => {
  it('marks each write as sent when it leaves, not all of them at once', async () => {
    let isRefused = true
    const crm = createMemoryService({
      createClass: 'N',
      canFind: false,
      fault: () => (isRefused ? { kind: 'unauthorized' } : undefined),
    })
    const marked: number[] = []
    const bench = engineBench({
      source: sourceOf(30).object,
      destination: crm.object,
      folder: tempFolder(),
      match: [],
      journal: (journal) => ({
        ...journal,
        markSent: (intents) => {
          marked.push(intents.length)
          journal.markSent(intents)
        },
      }),
    })
    await bench.run()
    isRefused = false
    marked.length = 0
    const second = await bench.run()
    expect([second.state, second.counts.created, crm.stats.creates]).toEqual(['finished', 30, 30])
    expect(Math.max(...marked)).toBe(1)
  })
})
