/** The guide tells the truth: every step, option and comparison stands in it, and every example gives what it says. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { compileEvents } from '../filter/compile-events.ts'
import { compileFilter } from '../filter/compile-filter.ts'
import { eventsSchema, filterSchema } from '../filter/filter-schema.ts'
import { operatorNames } from '../filter/operators.ts'
import type { Value } from '../model/value.ts'
import { compileMapping } from './compile-mapping.ts'
import { readMapping } from './read-mapping.ts'
import { stepNames, stepSchema } from './schema/step-schema.ts'
import { runSteps } from './testing/run-steps.ts'

const guide = readFileSync(new URL('../../../docs/guides/mapping-language.md', import.meta.url), 'utf8')
const examples = [...guide.matchAll(/^\| `([a-z-]+)` \|([^|]*)\| `(.+?)` \| `(.+?)` \| (?:`(.+?)`|asks) \|$/gm)].map(
  ([, name = '', words = '', step = '', takes = '', gives]) => ({ name, words: words.trim(), step, takes, gives }),
)

interface Described {
  readonly description?: string
  readonly properties?: Readonly<Record<string, Described>>
}

/** Options of each step from the JSON Schema. */
function stepProperties(): Readonly<Record<string, Described>> {
  // The generated schema is plain JSON; the second form of a step is the object with its name.
  const schema = z.toJSONSchema(stepSchema) as { anyOf?: Described[]; $defs?: Record<string, { anyOf?: Described[] }> }
  return (schema.anyOf ?? schema.$defs?.Step?.anyOf)?.[1]?.properties ?? {}
}

describe('the guide', () => {
  it('has an example of every step, with the words of the schema', () => {
    const properties = stepProperties()
    const words = Object.fromEntries(
      examples.filter((example) => example.words !== '').map((example) => [example.name, example.words]),
    )
    expect(words).toEqual(Object.fromEntries(stepNames.map((name) => [name, properties[name]?.description])))
  })

  it.each(examples.filter((example) => example.gives !== undefined))(
    'gives $gives for $takes through $step',
    ({ step, takes, gives = '' }) => {
      // Cells are JSON.
      expect(runSteps({ steps: [parse(step)], value: JSON.parse(takes) as Value })).toEqual({
        value: JSON.parse(gives),
      })
    },
  )

  it('lists every option of every step', () => {
    const missing = Object.entries(stepProperties()).flatMap(([name, step]) => {
      const section = guide.split(`**\`${name}\`**`)[1]?.split('\n**')[0] ?? ''
      return Object.keys(step.properties ?? {})
        .filter((option) => !section.includes(`- \`${option}\`:`))
        .map((option) => `${name}.${option}`)
    })
    expect(missing).toEqual([])
  })

  it('lists every comparison of the filter language', () => {
    expect(operatorNames.filter((name) => !guide.includes(`- \`${name}\`:`))).toEqual([])
  })

  it('has definitions that compile', () => {
    const blocks = [...guide.matchAll(/```yaml\n(.*?)```/gs)].map(
      ([, block = '']) => parse(block) as Record<string, unknown>,
    )
    const kinds = blocks.map((block) => Object.keys(block).join())
    expect(kinds).toEqual(['mapping', 'filter', 'events'])
    compileMapping(readMapping(blocks[0]?.mapping))
    compileFilter(filterSchema.parse(blocks[1]?.filter))
    compileEvents(eventsSchema.parse(blocks[2]?.events))
  })
})
