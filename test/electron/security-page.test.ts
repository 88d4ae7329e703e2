import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(`${root}docs/security.md`, 'utf8')

/** The numbers of the checklist that have a row with a test that exists. */
function coveredItems(text: string): readonly number[] {
  const rows = text.split('\n').flatMap((line) => {
    const [, item, , , tests] = line.split('|').map((cell) => cell.trim())
    return item !== undefined && /^\d+$/.test(item) && tests !== undefined ? [{ item: Number(item), tests }] : []
  })
  return rows.filter(({ tests }) => testsOf(tests).some((file) => existsSync(file))).map(({ item }) => item)
}

function testsOf(cell: string): readonly string[] {
  const names = [...cell.matchAll(/`((?:electron|packages|e2e)\/[\w.-]+)`/g)].map((match) => match[1] ?? '')
  return names.map((name) => `${root}test/${name}${name.endsWith('.ts') ? '' : '.test.ts'}`)
}

describe('docs/security.md', () => {
  it('names a test that exists for each of the 20 items', () => {
    expect(coveredItems(page)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  })

  it('would be short of an item whose test is gone', () => {
    expect(
      coveredItems(
        page.replace(
          '| 12 | webviews are checked | none can be attached, in any contents | `electron/guards` |',
          '| 12 | x | y | `electron/gone` |',
        ),
      ),
    ).not.toContain(12)
  })
})
