import { describe, expect, it } from 'vitest'
import { type Answer, type Question, questionKey } from '#shared/mapping/evaluate-types.ts'
import type { Row } from '#shared/mapping/schema/mapping-schema.ts'
import type { Values } from '#shared/model/value.ts'
import { edgeCases } from './edge-cases.ts'
import { createPreview } from './preview.ts'
import { type CheckResult, checkSamples } from './sample-check.ts'

const now = '2026-11-26T12:00:00.000Z'

function bench() {
  const answers = new Map<string, Answer>()
  const asked: Question[] = []
  const preview = createPreview({
    mapping: { defaultCountry: 'US' },
    now,
    answers,
    ask: (questions) => asked.push(...questions),
  })
  return { preview, answers, asked }
}

describe('the preview of a row', () => {
  it('is what the run will make of the record', () => {
    const { preview } = bench()
    expect(preview.of({ to: 'mail', from: 'E-mail', steps: ['normalize-email'] }, { 'E-mail': ' A@X.org ' })).toEqual({
      becomes: 'a@x.org',
      issues: [],
      isWaiting: false,
    })
    const bad = preview.of({ to: 'mail', from: 'E-mail', steps: ['normalize-email'] }, { 'E-mail': 'nonsense' })
    expect(bad.issues[0]?.message).toContain('nonsense')
  })

  it('says where the row itself is wrong', () => {
    const row: Row = { to: 'x', from: 'a', steps: ['trim', { extract: { pattern: '(' } }] }
    expect(bench().preview.of(row, { a: '1' }).mistake?.place).toBe('steps.1.extract.pattern')
  })

  it('asks the core and goes on when the answer is there', () => {
    const { preview, answers, asked } = bench()
    const row: Row = { to: 'x', from: 'a', steps: [{ calculate: 'value * 2' }] }
    const sample = { a: 4 }
    expect(preview.of(row, sample).isWaiting).toBe(true)
    const [question] = asked
    if (question) answers.set(questionKey(question), { found: true, value: 8 })
    expect(preview.of(row, sample)).toEqual({ becomes: 8, issues: [], isWaiting: false })
  })

  it('works once on the same row and sample', () => {
    const { preview } = bench()
    const row: Row = { to: 'x', from: 'a' }
    const sample = { a: 1 }
    expect(preview.of(row, sample)).toBe(preview.of(row, sample))
  })
})

describe('the check of all samples', () => {
  it('goes in slices, counts what fails, and can be stopped', () => {
    const { preview } = bench()
    const rows: readonly Row[] = [
      { to: 'n', from: 'n', steps: ['to-number'] },
      { to: 'm', from: 'm' },
    ]
    const samples: readonly Values[] = [{ n: '1' }, { n: 'x' }, { n: 'y' }]
    const queue: (() => void)[] = []
    let ms = 0
    let result: CheckResult | undefined
    const start = () =>
      checkSamples({
        rows,
        samples,
        preview,
        later: (work) => queue.push(work),
        nowMs: () => (ms += 4),
        onResult: (found) => {
          result = found
        },
      })
    start()
    let slices = 0
    for (let work = queue.shift(); work; work = queue.shift()) {
      work()
      slices += 1
    }
    expect(slices).toBeGreaterThan(2)
    expect([[...(result?.failures.values() ?? [])], [...(result?.failing ?? [])]]).toEqual([[2], [1, 2]])
    result = undefined
    start()()
    for (let work = queue.shift(); work; work = queue.shift()) work()
    expect(result).toBeUndefined()
  })
})

describe('edge cases', () => {
  it('reach into objects and leave the rest of them alone', () => {
    const cases = edgeCases(['address.city'], [{ address: { city: 'Oslo', zip: '0150' } }])
    expect(cases.find(({ kind }) => kind === 'absent')?.record).toEqual({ address: { zip: '0150' } })
    expect(cases.find(({ kind }) => kind === 'empty')?.record).toEqual({ address: { city: '', zip: '0150' } })
  })

  it('replace one field at a time, fitting what stands there', () => {
    const samples: readonly Values[] = [
      { name: 'Ana', born: '1990-02-01', total: 5 },
      { name: 'Bartholomew', born: null, total: 7 },
    ]
    const cases = edgeCases(['name', 'born', 'total'], samples)
    expect(cases.find(({ kind, field }) => kind === 'longest' && field === 'name')?.value).toBe('Bartholomew')
    expect(cases.filter(({ kind }) => kind === 'date').map(({ field }) => field)).toEqual(Array(5).fill('born'))
    expect(cases.find(({ kind, field }) => kind === 'absent' && field === 'total')?.record).toEqual({
      name: 'Ana',
      born: '1990-02-01',
    })
    expect(cases.some(({ kind, field }) => kind === 'script' && field === 'total')).toBe(false)
    for (const { field, record } of cases) {
      const others = Object.keys(record).filter((name) => name !== field)
      expect(others.every((name) => record[name] === samples[0]?.[name])).toBe(true)
    }
  })
})
