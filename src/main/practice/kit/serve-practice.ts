/** A practice service as a process of its own: reads its command line, then runs until told to stop (run-service.ts). */
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { AppError } from '#shared/errors.ts'
import { faultSettings } from './faults.ts'
import type { ServiceOptions } from './practice-service.ts'
import { type RunningService, runService } from './run-service.ts'

export interface ServedService {
  /** 'practice CRM', as messages call it. */
  readonly name: string
  readonly readme: string
  readonly start: (options: ServiceOptions & { readonly seedFile?: string }) => Promise<RunningService>
}

const settingsSchema = z.strictObject({
  data: z.string().min(1),
  port: z.coerce.number().int().min(0).max(65_535).default(0),
  seed: z.string().optional(),
  rate: z.coerce.number().int().min(0).optional(),
  faults: z
    .string()
    .transform((text) => faultSettings.parse(JSON.parse(text)))
    .optional(),
  name: z.string().optional(),
  'with-parent': z.boolean().default(false),
})

/** --data DIR [--port 0] [--seed FILE] [--rate N] [--faults JSON] [--name TEXT] [--with-parent] */
export async function servePractice(service: ServedService): Promise<void> {
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
  await runService(async () => start(service, values), values['with-parent'] === true)
}

function start(service: ServedService, values: unknown): Promise<RunningService> {
  const parsed = settingsOf(service, values)
  return service.start({
    dataFolder: parsed.data,
    port: parsed.port,
    now: Date.now,
    ...(parsed.rate === undefined ? {} : { requestsPerSecond: parsed.rate }),
    ...(parsed.faults ? { faults: parsed.faults } : {}),
    ...(parsed.seed ? { seedFile: parsed.seed } : {}),
    ...(parsed.name ? { accountName: parsed.name } : {}),
    onUnexpected: (thrown) => process.stderr.write(`${thrown instanceof Error ? thrown.stack : String(thrown)}\n`),
  })
}

function settingsOf({ name, readme }: ServedService, values: unknown): z.infer<typeof settingsSchema> {
  try {
    return settingsSchema.parse(values)
  } catch (cause) {
    throw new AppError(
      {
        kind: 'config',
        code: 'practice-settings',
        message: `The ${name} was started with settings it does not understand.`,
        kept: 'Nothing was changed.',
        next: `See ${readme} for the settings.`,
        details: { technical: String(cause).slice(0, 500) },
      },
      cause,
    )
  }
}
