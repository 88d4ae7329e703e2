import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(`${root}docs/failures-of-others.md`, 'utf8')

interface Row {
  readonly number: string
  readonly shownBy: string
}

function rowsOf(text: string): readonly Row[] {
  return text.split('\n').flatMap((line) => {
    const [, number = '', , shownBy = ''] = line.split('|').map((cell) => cell.trim())
    return /^B\d\d$/.test(number) ? [{ number, shownBy }] : []
  })
}

/** Tests that a row names and that are not there, and rows that neither name one nor say why not. */
function faultsOf({ number, shownBy }: Row): readonly string[] {
  if (shownBy.startsWith('**open**') || shownBy.startsWith('does not arise: ')) return []
  const named = shownBy.split('; `').map((part) => /^`?([\w./-]+)`: (.+)$/.exec(part) ?? undefined)
  return named.flatMap((match) => {
    const [, file = '', title = ''] = match ?? []
    const isThere = title !== '' && existsSync(root + file) && readFileSync(root + file, 'utf8').includes(title)
    return isThere ? [] : [`${number}: ${title || shownBy}`]
  })
}

describe('docs/failures-of-others.md', () => {
  it('has each of the 59, once, in order', () => {
    const expected = Array.from({ length: 59 }, (_, index) => `B${String(index + 1).padStart(2, '0')}`)
    expect(rowsOf(page).map(({ number }) => number)).toEqual(expected)
  })

  it('names tests that exist', () => {
    expect(rowsOf(page).flatMap(faultsOf)).toEqual([])
  })

  it('would be found out with a test that is gone, or a row that says nothing', () => {
    const gone = page.replace('reads again what it looks back over', 'reads nothing twice')
    expect(rowsOf(gone).flatMap(faultsOf)).toEqual(['B06: reads nothing twice, and writes nothing twice'])
    expect(faultsOf({ number: 'B07', shownBy: 'surely' })).toEqual(['B07: surely'])
  })
})
