/** Looks at the texts of a column and says what they seem to be. Nothing is converted on such a guess. */

export interface KindCounter {
  readonly add: (text: string) => void
  /** Notes in words, empty where there is nothing to say. */
  readonly notes: () => readonly string[]
}

interface Counts {
  filled: number
  whole: number
  leadingZero: number
  point: number
  comma: number
  either: number
  isoDate: number
  dotDate: number
  slashDate: number
  firstOver12: number
  secondOver12: number
}

export function createKindCounter(): KindCounter {
  const counts: Counts = {
    filled: 0,
    whole: 0,
    leadingZero: 0,
    point: 0,
    comma: 0,
    either: 0,
    isoDate: 0,
    dotDate: 0,
    slashDate: 0,
    firstOver12: 0,
    secondOver12: 0,
  }
  return { add: (text) => count(counts, text.trim()), notes: () => notesOf(counts) }
}

const separatedDate = /^(\d{1,2})([./-])(\d{1,2})\2(\d{2}|\d{4})$/

function count(counts: Counts, text: string): void {
  if (text === '') return
  counts.filled += 1
  if (/^[-+]?\d+$/.test(text)) {
    counts.whole += 1
    if (/^0\d/.test(text)) counts.leadingZero += 1
  } else if (/^\d{4}-\d{2}-\d{2}$/.test(text)) counts.isoDate += 1
  else if (separatedDate.test(text)) countDate(counts, text)
  else countNumber(counts, text)
}

function countDate(counts: Counts, text: string): void {
  const [, first = '', separator, second = ''] = separatedDate.exec(text) ?? []
  if (separator === '.') counts.dotDate += 1
  else counts.slashDate += 1
  if (Number(first) > 12) counts.firstOver12 += 1
  if (Number(second) > 12) counts.secondOver12 += 1
}

function countNumber(counts: Counts, text: string): void {
  // 1.234 may be a thousand or one and a bit; 1.234,5 and 1,5 are clear.
  if (/^[-+]?\d{1,3}[.,]\d{3}$/.test(text)) counts.either += 1
  else if (/^[-+]?(\d+|\d{1,3}([.' \u00a0\u202f]\d{3})+),\d+$/.test(text) || /^[-+]?\d{1,3}(\.\d{3}){2,}$/.test(text))
    counts.comma += 1
  else if (/^[-+]?(\d+|\d{1,3}([,' \u00a0\u202f]\d{3})+)\.\d+$/.test(text) || /^[-+]?\d{1,3}(,\d{3}){2,}$/.test(text))
    counts.point += 1
}

function notesOf(counts: Counts): readonly string[] {
  const dates = counts.isoDate + counts.dotDate + counts.slashDate
  if (counts.filled === 0) return ['empty in every row looked at']
  if (dates === counts.filled) return dateNotes(counts)
  const numbers = counts.whole + counts.point + counts.comma + counts.either
  if (numbers === counts.filled) return numberNotes(counts)
  return dates + numbers > counts.filled * 0.9 ? ['mostly numbers or dates, but not in every row'] : []
}

function dateNotes(counts: Counts): readonly string[] {
  if (counts.isoDate === counts.filled) return ['dates written as year-month-day']
  if (counts.isoDate > 0) return ['dates written in more than one way; declare "dateFormat" or mend the file']
  if (counts.firstOver12 > 0 && counts.secondOver12 > 0)
    return ['dates with day and month in different orders; mend the file']
  if (counts.firstOver12 > 0) return ['dates written as day, month, year']
  if (counts.secondOver12 > 0) return ['dates written as month, day, year']
  if (counts.dotDate === counts.filled)
    return ['dates written with points, so most likely day.month.year; declare "dateFormat" to be certain']
  return ['dates are ambiguous: day/month or month/day. Declare "dateFormat"']
}

function numberNotes(counts: Counts): readonly string[] {
  if (counts.comma > 0 && counts.point > 0)
    return ['numbers with decimal comma and with decimal point; mend the file or declare "decimalMark"']
  if (counts.comma > 0) return ['numbers with decimal comma']
  if (counts.point > 0) return ['numbers with decimal point']
  if (counts.either > 0) return ['numbers are ambiguous: 1.234 may be a thousand or a fraction. Declare "decimalMark"']
  return counts.leadingZero > 0 ? ['whole numbers, some with leading zeros: kept as text'] : ['whole numbers']
}
