/**
 * Bounds the texts a calculation can make. One giant allocation does not end a worker but aborts the whole process
 * (V8 treats it as fatal before the worker's heap limit acts), so JSONata's ways of making long texts are cut short:
 * `&` is String.prototype.concat, `$join` and `$pad` are Array.prototype.join. Only the calculator's worker does this.
 */
const maximalLength = 1_000_000

class TextTooLong extends Error {}

function check(length: number): void {
  if (length > maximalLength) throw new TextTooLong('the calculation makes a text that is too long')
}

/** Replaces both methods in this worker. */
export function boundTexts(): void {
  const concat = String.prototype.concat
  const join = Array.prototype.join
  String.prototype.concat = function boundConcat(this: string, ...texts: string[]): string {
    check(texts.reduce((length, text) => length + String(text).length, this.length))
    return concat.apply(this, texts)
  }
  Array.prototype.join = function boundJoin(this: unknown[], separator = ','): string {
    check(this.length * String(separator).length)
    return join.call(this, separator)
  }
}

/** Whether a result is small enough to be written as JSON; counts characters and values, and stops early. */
export function isSmallResult(result: unknown): boolean {
  let rest = maximalLength
  const visit = (value: unknown): void => {
    rest -= typeof value === 'string' ? value.length + 1 : 1
    if (rest <= 0 || typeof value !== 'object' || value === null) return
    for (const [key, child] of Object.entries(value)) {
      rest -= key.length
      if (rest <= 0) return
      visit(child)
    }
  }
  visit(result)
  return rest > 0
}
