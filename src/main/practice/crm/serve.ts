/**
 * The practice CRM as a process of its own:
 *   node serve.ts --data DIR [--port 0] [--seed FILE] [--rate 200] [--faults JSON] [--with-parent]
 */
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { AppError } from '#shared/errors.ts'
import { faultSettings } from '../kit/faults.ts'
import { type RunningService, runService } from '../kit/run-service.ts'
import { defaultRequestsPerSecond, startCrmService } from './crm-service.ts'
import { readPopulation } from './seed.ts'

const { values } = parseArgs({
  strict: false,
  options: {
    data: { type: 'string' },
    port: { type: 'string' },
    seed: { type: 'string' },
    rate: { type: 'string' },
    faults: { type: 'string' },
    name: { type: 'string' },
    'with-parent': { type: 'boolean' },
  },
})

const settingsSchema = z.strictObject({
  data: z.string().min(1),
  port: z.coerce.number().int().min(0).max(65_535).default(0),
  seed: z.string().optional(),
  rate: z.coerce.number().int().min(0).default(defaultRequestsPerSecond),
  faults: z
    .string()
    .transform((text) => faultSettings.parse(JSON.parse(text)))
    .optional(),
  name: z.string().optional(),
  'with-parent': z.boolean().default(false),
})

function start(): Promise<RunningService> {
  const parsed = settingsOf()
  return startCrmService({
    dataFolder: parsed.data,
    port: parsed.port,
    now: Date.now,
    requestsPerSecond: parsed.rate,
    ...(parsed.faults ? { faults: parsed.faults } : {}),
    ...(parsed.seed ? { population: readPopulation(parsed.seed) } : {}),
    ...(parsed.name ? { accountName: parsed.name } : {}),
    onUnexpected: (thrown) => process.stderr.write(`${thrown instanceof Error ? thrown.stack : String(thrown)}\n`),
  })
}

function settingsOf(): z.infer<typeof settingsSchema> {
  try {
    return settingsSchema.parse(values)
  } catch (cause) {
    throw new AppError(
      {
        kind: 'config',
        code: 'practice-settings',
        message: 'The practice CRM was started with settings it does not understand.',
        kept: 'Nothing was changed.',
        next: 'See src/main/practice/crm/README.md for the settings.',
        details: { technical: String(cause).slice(0, 500) },
      },
      cause,
    )
  }
}

await runService(async () => start(), values['with-parent'] === true)
