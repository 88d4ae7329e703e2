/** The calculator against real workers: what hangs or bursts costs itself only. */
import { afterAll, describe, expect, it } from 'vitest'
import { checkExpression } from './check-expression.ts'
import { createCalculator } from './create-calculator.ts'

const calculator = createCalculator({ timeoutMs: 1000, workers: 2 })
afterAll(() => calculator.close())

const fine = { expression: 'price * quantity', input: { price: 3, quantity: 4 } }
const twelve = { found: true, value: 12 }
const explodingPattern = { expression: '$match(text, /^(a+)+$/)', input: { text: `${'a'.repeat(40)}!` } }

describe('createCalculator', () => {
  it('answers in the order of the items', async () => {
    const items = Array.from({ length: 300 }, (_, value) => ({ expression: 'value + 1', input: { value } }))
    const answers = await calculator.evaluate(items)
    expect(answers).toEqual(items.map(({ input }) => ({ found: true, value: input.value + 1 })))
  })

  it('gives null for nothing, lists and objects as JSON, and null for null', async () => {
    const input = {
      lines: [
        { sku: 'A', price: 2 },
        { sku: 'B', price: 5 },
      ],
      none: null,
    }
    const expressions = ['missing', 'lines.sku', '$sum(lines.price)', '{ "total": $sum(lines.price) }', 'none']
    const answers = await calculator.evaluate(expressions.map((expression) => ({ expression, input })))
    expect(answers.map((answer) => answer.found && answer.value)).toEqual([null, ['A', 'B'], 7, { total: 7 }, null])
  })

  it('fails only the item whose regular expression explodes', async () => {
    const answers = await calculator.evaluate([fine, fine, explodingPattern, fine, fine, fine])
    const lost = { found: false, reason: 'the calculation took longer than 1 s' }
    expect(answers).toEqual([twelve, twelve, lost, twelve, twelve, twelve])
  })

  it('lets the same text through when the pattern is harmless', async () => {
    const harmless = { ...explodingPattern, expression: '$contains(text, /a!$/)' }
    expect(await calculator.evaluate([harmless])).toEqual([{ found: true, value: true }])
  })

  it('stops endless and bottomless calculations and goes on', async () => {
    const endless = { expression: '($f := function() { $f() }; $f())', input: {} }
    const bottomless = { expression: '($f := function($n) { 1 + $f($n + 1) }; $f(1))', input: {} }
    const [first, second, third] = await calculator.evaluate([endless, bottomless, fine])
    expect(first).toEqual({ found: false, reason: 'the calculation took longer than 1 s' })
    expect(second).toEqual({ found: false, reason: 'the calculation nests too deeply' })
    expect(third).toEqual(twelve)
  })

  it.each([
    ['$pad', '$pad("", 400000000, "x")'],
    ['$pad with two characters', '$pad("", -400000000, "ab")'],
    [
      '& again and again',
      '($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $uppercase($f("abcdefgh", 26)))',
    ],
    ['$join', '$join([1..900000].("x"), $pad("", 900000, "-"))'],
  ])('cuts giant texts short before they abort the process: %s', async (_name, expression) => {
    const answers = await calculator.evaluate([{ expression, input: {} }, fine])
    expect(answers).toEqual([
      { found: false, reason: expect.stringMatching(/text that is too long|longer than/) },
      twelve,
    ])
  })

  it('makes texts of ordinary length', async () => {
    const expression = '$length($pad("", 5000, "ab") & $join(["x", "y"], ", "))'
    expect(await calculator.evaluate([{ expression, input: {} }])).toEqual([{ found: true, value: 5004 }])
  })

  it('survives a calculation that eats all memory', async () => {
    const patient = createCalculator({ timeoutMs: 15_000, workers: 1 })
    const hungry = { expression: '[1..400].{ "a": $split($pad("", 50000, "x"), "") }', input: {} }
    const [first, second] = await patient.evaluate([hungry, fine])
    await patient.close()
    expect(first).toEqual({ found: false, reason: 'the calculation needed too much memory' })
    expect(second).toEqual(twelve)
  })

  it('refuses results that are no data', async () => {
    const expressions = ['function($x) { $x }', '1/0', '[1..20].$pad("", 90000, "x")', '$sum']
    const answers = await calculator.evaluate(expressions.map((expression) => ({ expression, input: {} })))
    expect(answers.map((answer) => (answer.found ? answer.value : answer.reason))).toEqual([
      'the result is a function',
      'the result is not a finite number',
      'the result is too large',
      'the result is a function',
    ])
  })

  it('says what is wrong with an expression or its data', async () => {
    const [syntax, types, clock] = await calculator.evaluate([
      { expression: '$sum(', input: {} },
      { expression: 'name * 2', input: { name: 'x' } },
      { expression: '$now()', input: {} },
    ])
    expect(syntax).toMatchObject({ found: false, reason: expect.stringMatching(/character 5/) })
    expect(types).toMatchObject({ found: false, reason: expect.stringMatching(/number/) })
    expect(clock).toMatchObject({ found: false, reason: expect.stringMatching(/another result in every run/) })
  })

  it('answers everything when it is closed, and afterwards', async () => {
    const closing = createCalculator({ timeoutMs: 5000, workers: 1 })
    const open = closing.evaluate([fine, explodingPattern, fine])
    await closing.close()
    const closed = { found: false, reason: 'the calculator was closed' }
    expect(await open).toEqual([closed, closed, closed])
    expect(await closing.evaluate([fine])).toEqual([closed])
  })

  it('answers every item when the worker cannot start', async () => {
    const broken = createCalculator({
      timeoutMs: 300,
      workers: 1,
      workerUrl: new URL('./missing-worker.ts', import.meta.url),
    })
    const answers = await broken.evaluate([fine, fine])
    expect(answers.map((answer) => answer.found)).toEqual([false, false])
    await broken.close()
  })
})

describe('checkExpression', () => {
  it('accepts what can be calculated', () => {
    expect(checkExpression('$sum(lines.(price * quantity))')).toEqual({ ok: true })
  })

  it.each([
    ['unclosed', '$sum(lines.price', 16],
    ['two operands', 'a + b c', 6],
    ['the clock', 'price & $now()', 8],
    ['chance inside a function', 'items.(function($x) { $x * $random() })(1)', 27],
    ['code in data', '$eval(text)', 0],
  ])('names the place: %s', (_name, expression, position) => {
    expect(checkExpression(expression)).toEqual({ ok: false, message: expect.any(String), position })
  })

  it('answers for text nested beyond the stack', () => {
    expect(checkExpression('('.repeat(9000)).ok).toBe(false)
  })
})
