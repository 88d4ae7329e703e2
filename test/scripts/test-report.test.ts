import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { countPlaywright, countVitest, withBadEnd } from '../../scripts/lib/test-counts.mjs'
import { kindOfFile, reserveMinutes, testKinds, totalMinutes } from '../../scripts/lib/test-kinds.mjs'
import { isChosen, readTestOptions } from '../../scripts/lib/test-options.mjs'
import { lastLine, summaryTable, totalOf } from '../../scripts/lib/test-summary.mjs'

function vitestFile(name: string, statuses: readonly string[], status = 'passed') {
  return { name: `/project/${name}`, status, assertionResults: statuses.map((one) => ({ status: one })) }
}

describe('kindOfFile', () => {
  it.each([
    ['src/a/b.test.ts', 'unit'],
    ['src/a/b.test.tsx', 'unit'],
    ['src/a/b.contract.test.ts', 'contract'],
    ['src/a/b.property.test.ts', 'property'],
    ['src/a/b.keychain.test.ts', 'keychain'],
    ['test/torture/b.kill.test.ts', 'kill'],
    ['test/boundaries/imports.test.ts', 'check'],
    ['src/a/latest.ts', undefined],
  ])('%s is %s', (path, kind) => {
    expect(kindOfFile(path)).toBe(kind)
  })
})

describe('counting', () => {
  it('counts by kind, skipped ones apart', () => {
    const testResults = [
      vitestFile('src/a.test.ts', ['passed', 'failed', 'pending'], 'failed'),
      vitestFile('src/b.contract.test.ts', ['passed']),
    ]
    expect([...countVitest({ testResults }, '/project')]).toEqual([
      ['unit', { passed: 1, failed: 1, skipped: 1 }],
      ['contract', { passed: 1, failed: 0, skipped: 0 }],
    ])
  })

  it('counts a file that could not be loaded as a failure', () => {
    const counts = countVitest({ testResults: [vitestFile('src/a.test.ts', [], 'failed')] }, '/project')
    expect(counts.get('unit')).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it('counts a run that broke without a failed test as a failure, and only then', () => {
    const good = new Map([['unit', { passed: 5, failed: 0, skipped: 0 }]])
    expect(withBadEnd(good, { kind: 'unit', isGood: false }).get('unit')).toEqual({ passed: 5, failed: 1, skipped: 0 })
    expect(withBadEnd(good, { kind: 'unit', isGood: true })).toBe(good)
    expect(withBadEnd(new Map(), { kind: 'e2e', isGood: false }).get('e2e')?.failed).toBe(1)
  })

  it('counts a browser test that passed on a second try as a failure', () => {
    const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 }
    expect(countPlaywright({ stats, errors: ['config'] })).toEqual({ passed: 3, failed: 3, skipped: 2 })
  })
})

describe('the summary', () => {
  const steps = [
    { id: 'check', durationMs: 90_000, counts: new Map([['types', { passed: 1, failed: 0, skipped: 0 }]]) },
    { id: 'kill', durationMs: 0, counts: new Map(), note: 'no tests of this kind yet' },
  ]

  it('shows minutes against the budget and what was not run', () => {
    const lines = summaryTable(steps).split('\n')
    expect(lines[1]).toMatch(/^types +1 +0 +0 +1\.5 +0\.5 +OVER BUDGET$/)
    expect(lines[2]).toMatch(/^kill +0\.0 +2\.5 +no tests of this kind yet$/)
    expect(lines[3]).toMatch(/^all +1 +0 +0 +1\.5 +15\.0$/)
  })

  it('ends with the line that machines read', () => {
    expect(lastLine(totalOf(steps))).toBe('1 passed, 0 failed')
  })
})

describe('the options of npm test', () => {
  it('takes words and kinds', () => {
    expect(readTestOptions(['mapping', '--only', 'unit,e2e', '--only=kill'])).toEqual({
      only: ['unit', 'e2e', 'kill'],
      words: ['mapping'],
    })
  })

  it.each([[['--watch']], [['--only', 'unitt']]])('refuses %s and says what there is', (args) => {
    expect(() => readTestOptions(args)).toThrow('does not know')
  })

  it('runs everything by default, only files for a word, and brings the build for browser tests', () => {
    const all = testKinds.filter(({ id }) => isChosen({ only: undefined, words: [] }, id))
    expect(all).toEqual(testKinds)
    expect(isChosen({ only: undefined, words: ['x'] }, 'check')).toBe(false)
    expect(isChosen({ only: ['e2e'], words: [] }, 'build')).toBe(true)
  })
})

describe('the budget', () => {
  it('leaves a reserve within the total', () => {
    expect(reserveMinutes).toBeGreaterThanOrEqual(1)
  })

  it('stands in the documents as it is', () => {
    const text = readFileSync(new URL('../../docs/testing.md', import.meta.url), 'utf8')
    const rows = [...text.matchAll(/^\| `([\w-]+)` \|[^|]*\| ([\d.]+) \|/gm)].map((row) => [row[1], Number(row[2])])
    expect(rows).toEqual([
      ...testKinds.map((kind) => [kind.id, kind.budgetMinutes]),
      ['reserve', reserveMinutes],
      ['total', totalMinutes],
    ])
  })
})
