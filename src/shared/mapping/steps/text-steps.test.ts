/** Text steps on text as it comes: any script, emoji, NFD, invisible characters, patterns meant to hang. */
import { describe, expect, it } from 'vitest'
import type { Value } from '../../model/value.ts'
import { refusedPlace, runSteps } from '../testing/run-steps.ts'

const family = '👨‍👩‍👧‍👦'
const eAcute = 'e\u0301'

const table: readonly (readonly [name: string, step: unknown, value: Value, expected: Value])[] = [
  ['trims spaces of every kind', 'trim', '\u00A0\u3000 \t a b \u200B\uFEFF\n', 'a b'],
  ['keeps the joiners inside an emoji', 'trim', ` ${family} `, family],
  ['trims only spaces to nothing', 'trim', ' \u00A0 ', ''],
  ['takes a number as its text', 'trim', 12.5, '12.5'],
  ['writes large numbers without exponent', 'to-text', 1e21, '1000000000000000000000'],
  ['writes an amount with the decimals of its currency', 'to-text', { amountMinor: -1990, currency: 'EUR' }, '-19.90'],
  ['writes small numbers without exponent', 'to-text', 1.5e-7, '0.00000015'],
  ['collapses runs of spaces', 'collapse-spaces', 'a \u00A0 b\n\nc', 'a b c'],
  ['cleans invisible characters and forms', 'clean-text', `Caf${eAcute}\u200B\u0007 ok`, 'Café ok'],
  ['keeps a family together when cleaning', 'clean-text', family, family],
  ['upper', { case: 'upper' }, 'straße', 'STRASSE'],
  ['lower', { case: 'lower' }, 'ÄÖ', 'äö'],
  ['title', { case: 'title' }, 'GREEN tea-pot', 'Green Tea-Pot'],
  ['replaces every occurrence', { replace: { text: '.', with: '-' } }, 'a.b.c', 'a-b-c'],
  ['replaces text without capitals', { replace: { text: 'GmbH', with: '', ignoreCase: true } }, 'Acme gmbh', 'Acme '],
  ['takes a replaced text literally', { replace: { text: 'a+b', with: '$1', ignoreCase: true } }, 'A+B', '$1'],
  ['replaces by pattern with groups', { replace: { pattern: '(\\d+)-(\\d+)', with: '$2/$1 $$' } }, '12-34', '34/12 $'],
  ['replaces empty finds', { replace: { pattern: 'x*', with: '-' } }, 'ab', '-a-b-'],
  ['extracts the first group', { extract: { pattern: 'No\\. (\\d+)' } }, 'Order No. 4711 ok', '4711'],
  ['extracts the whole find', { extract: { pattern: '\\d+' } }, 'x 42 y', '42'],
  ['keeps what has no find', { extract: { pattern: '\\d+', otherwise: 'keep' } }, 'none', 'none'],
  ['empties what has no find', { extract: { pattern: '\\d+', otherwise: 'empty' } }, 'none', null],
  ['splits into a list', { split: { on: ', ' } }, 'a, b, c', ['a', 'b', 'c']],
  ['splits by pattern', { split: { pattern: '[;,]\\s*' } }, 'a; b,c', ['a', 'b', 'c']],
  ['takes the last part', { split: { on: ' ', take: -1 } }, 'Anna Maria Kern', 'Kern'],
  ['gives empty for a part that is not there', { split: { on: ' ', take: 3 } }, 'Anna Kern', null],
  ['splits empty text into nothing', { split: { on: ',' } }, '', []],
  ['joins and skips empty parts', { join: { with: ', ' } }, ['a', '', null, 5], 'a, 5'],
  ['joins empty parts when told', { join: { with: '-', keepEmpty: true } }, ['a', null, 'b'], 'a--b'],
  ['takes characters as a person sees them', { substring: { length: 2 } }, `${family}${eAcute}x`, `${family}${eAcute}`],
  ['takes from the end', { substring: { start: -3 } }, 'abcdef', 'def'],
  ['takes beyond the end', { substring: { start: 9, length: 3 } }, 'abc', ''],
  ['pads by characters', { pad: { length: 3, with: '·' } }, family, `··${family}`],
  ['pads at the end', { pad: { length: 5, side: 'end', with: 'ab' } }, 'x', 'xabab'],
  ['pads nothing for empty text', { pad: { length: 5, with: '0' } }, '', ''],
  ['leaves longer text', { pad: { length: 2, with: '0' } }, '12345', '12345'],
]

describe('text steps', () => {
  it.each(table)('%s', (_name, step, value, expected) => {
    expect(runSteps({ steps: [step], value })).toEqual({ value: expected })
  })

  it.each([
    'trim',
    'collapse-spaces',
    'clean-text',
    { case: 'name' },
    { replace: { text: 'a', with: 'b' } },
    { pad: { length: 3 } },
  ])('lets absent, null and empty text through: %j', (step) => {
    expect([undefined, null, ''].map((value) => runSteps({ steps: [step], value }))).toEqual([
      { value: undefined },
      { value: null },
      { value: '' },
    ])
  })

  it.each([[['a']], [{ a: 1 }]])('reports %j instead of writing it as text', (value) => {
    expect(runSteps({ steps: ['trim'], value })).toEqual({ issue: 'not-text' })
  })

  it('reports a text without a find', () => {
    expect(runSteps({ steps: [{ extract: { pattern: '\\d+' } }], value: 'none' })).toEqual({ issue: 'nothing-found' })
  })

  it.each([
    ["o'neill", "O'Neill"],
    ['MARY O’BRIEN', 'Mary O’Brien'],
    ['LUDWIG VAN BEETHOVEN', 'Ludwig van Beethoven'],
    ['van der berg', 'van der Berg'],
    ['ronald mcdonald', 'Ronald McDonald'],
    ['RONALD MCDONALD', 'Ronald McDonald'],
    ['Ronald McDonald', 'Ronald McDonald'],
    ['anna-maria von und zu kern', 'Anna-Maria von Und zu Kern'],
    ['john SMITH', 'John Smith'],
    ['j.r.r. tolkien', 'J.R.R. Tolkien'],
    ['HENRY FORD III', 'Henry Ford III'],
    ['DeShawn Lee', 'DeShawn Lee'],
    ['ÉMILE ZOLA', 'Émile Zola'],
    ['山田太郎', '山田太郎'],
    ['van', 'Van'],
  ])('writes the name %s as %s', (value, expected) => {
    expect(runSteps({ steps: [{ case: 'name' }], value })).toEqual({ value: expected })
  })

  it('runs an exploding pattern in linear time', () => {
    const start = performance.now()
    const outcome = runSteps({
      steps: [{ extract: { pattern: '^(a+)+$', otherwise: 'empty' } }],
      value: `${'a'.repeat(5000)}!`,
    })
    expect(outcome).toEqual({ value: null })
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it.each([
    [{ replace: { pattern: '(a)\\1', with: '' } }, 'replace.pattern'],
    [{ extract: { pattern: '(?<=x)y' } }, 'extract.pattern'],
    [{ split: { pattern: '(' } }, 'split.pattern'],
    [{ extract: { pattern: 'a', group: 2 } }, 'extract.group'],
    [{ replace: { pattern: 'a', with: '$1' } }, 'replace.with'],
    [{ each: ['trim', { extract: { pattern: '[' } }] }, 'each[1].extract.pattern'],
  ])('refuses %j at its place', (step, place) => {
    expect(
      refusedPlace([
        { to: 'a', from: 'b' },
        { to: 'out', from: 'field', steps: ['trim', step] },
      ]),
    ).toBe(`mapping[1].steps[1].${place}`)
  })
})
