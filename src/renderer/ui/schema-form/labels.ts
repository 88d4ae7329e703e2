/** Names of settings as people read them. */

const known: Readonly<Record<string, string>> = {
  baseUrl: 'Address of the service',
  idField: 'Id field',
  perMs: 'in milliseconds',
  timeoutMs: 'Time limit (ms)',
  isUtc: 'Times are UTC',
  stableMs: 'Wait for a quiet file (ms)',
  maxWaitMs: 'Longest wait for a file (ms)',
  ttlMs: 'Remembered for (ms)',
  settleMs: 'Settle time (ms)',
  lookbackMs: 'Reach back (ms)',
  granularityMs: 'Finest step (ms)',
}

/** 'headerRow' and 'month-first' as 'Header row' and 'Month first'. */
export function settingLabel(name: string): string {
  const fixed = known[name]
  if (fixed !== undefined) return fixed
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .trim()
    .toLowerCase()
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1)
}

/** An option of a choice: single characters are named, names become words. */
export function optionLabel(option: string): string {
  const named: Readonly<Record<string, string>> = {
    ',': 'Comma  ,',
    ';': 'Semicolon  ;',
    '\t': 'Tab',
    '|': 'Bar  |',
    '.': 'Point  .',
    auto: 'Find out',
  }
  if (named[option] !== undefined) return named[option]
  return /^[a-z][a-zA-Z-]*$/.test(option) ? settingLabel(option) : option
}
