/** Finds the character between the fields by trying each on the beginning of the file. */
import { parse } from 'csv-parse/sync'
import { AppError } from '#shared/errors.ts'
import { parserOptions } from './parse-rows.ts'

export const delimiterNames: Readonly<Record<string, string>> = {
  ',': 'Comma',
  ';': 'Semicolon',
  '\t': 'Tab',
  '|': 'Bar',
}

interface Trial {
  readonly delimiter: string
  readonly columns: number
  /** Share of rows that have as many fields as the first one. */
  readonly agreement: number
}

/**
 * The delimiter under which most rows have as many fields as the first. `isWhole`: the sample ends where the file ends.
 * Throws AppError (config, `delimiter-ambiguous`) where two fit equally well.
 */
export function findDelimiter(
  sample: Buffer,
  options: { readonly isCarriageReturnOnly: boolean; readonly isWhole: boolean; readonly name: string },
): string {
  const trials = Object.keys(delimiterNames)
    .map((delimiter) => tryDelimiter(sample, delimiter, options))
    .filter((trial) => trial.columns > 1)
    .sort((a, b) => b.agreement - a.agreement || b.columns - a.columns)
  const [best, second] = trials
  if (!best) return ','
  if (second && second.agreement === best.agreement && second.columns === best.columns)
    throw ambiguous(best, second, options.name)
  return best.delimiter
}

function tryDelimiter(
  sample: Buffer,
  delimiter: string,
  { isCarriageReturnOnly, isWhole }: { isCarriageReturnOnly: boolean; isWhole: boolean },
): Trial {
  const rows = rowsOf(sample, delimiter, isCarriageReturnOnly)
  const judged = isWhole || rows.length < 2 ? rows : rows.slice(0, -1)
  const columns = judged[0]?.length ?? 0
  const agreeing = judged.filter((row) => row.length === columns).length
  return { delimiter, columns, agreement: judged.length === 0 ? 0 : agreeing / judged.length }
}

/** A sample may stop inside a quoted field: what was complete until then counts. */
function rowsOf(sample: Buffer, delimiter: string, isCarriageReturnOnly: boolean): string[][] {
  const rows: string[][] = []
  const keep = (row: string[]): null => {
    rows.push(row)
    return null
  }
  try {
    parse(sample, { ...parserOptions({ delimiter, isCarriageReturnOnly }), info: false, to: 500, on_record: keep })
  } catch {
    return rows
  }
  return rows
}

function ambiguous(best: Trial, second: Trial, name: string): AppError {
  const both = `${delimiterNames[best.delimiter]?.toLowerCase()} and ${delimiterNames[second.delimiter]?.toLowerCase()}`
  return new AppError({
    kind: 'config',
    code: 'delimiter-ambiguous',
    message: `The fields of ${name} could be separated by ${both}; both fit.`,
    kept: 'Nothing was read.',
    next: 'Set "delimiter" of the connection to the right one.',
  })
}
