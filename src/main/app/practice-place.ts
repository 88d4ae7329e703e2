/** The note of where the practice services were last: their ports, so that connections keep their addresses. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { PracticeEntries } from './built-entries.ts'

type ServiceName = keyof PracticeEntries

const port = z.int().min(1).max(65_535)
/** The first version knew the CRM only. */
const placeSchema = z.object({
  crmPort: port.optional(),
  booksPort: port.optional(),
  listPort: port.optional(),
})

export interface PracticePlace {
  /** Undefined until the service has started once and its connections are there. */
  readonly portOf: (name: ServiceName) => number | undefined
  readonly remember: (ports: Partial<Record<ServiceName, number>>) => void
  /** Whether the practice company was set up at all. */
  readonly isKnown: () => boolean
}

export function practicePlace(path: string): PracticePlace {
  const read = (): z.infer<typeof placeSchema> => {
    if (!existsSync(path)) return {}
    const parsed = placeSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return parsed.success ? parsed.data : {}
  }
  return {
    portOf: (name) => read()[`${name}Port`],
    remember: (ports) => {
      const named = Object.entries(ports).map(([name, number]) => [`${name}Port`, number])
      writeFileSync(path, JSON.stringify({ ...read(), ...Object.fromEntries(named) }))
    },
    isKnown: () => Object.keys(read()).length > 0,
  }
}
