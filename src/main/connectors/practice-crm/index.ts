/** Connector of the practice CRM: a table of contents. See README.md for the service's limits and habits. */
import { AppError } from '#shared/errors.ts'
import type { OpenConnection } from '#shared/model/connected.ts'
import { defineConnector } from '../../connector-kit/define-connector.ts'
import { testAccount } from './account.ts'
import { connectObject } from './connect-object.ts'
import { errorRows } from './errors.ts'
import { objectSpecs } from './objects.ts'
import { type PracticeCrmConfig, practiceCrmConfig } from './settings.ts'

export const practiceCrm = defineConnector<PracticeCrmConfig>({
  id: 'practice-crm',
  name: 'Practice CRM',
  summary: 'A small CRM on this computer with contacts, companies and deals, to try things out without risk.',
  config: practiceCrmConfig,
  secrets: [
    {
      name: 'token',
      label: 'Access token',
      help: 'Shown on the Practice screen while the practice CRM runs. It opens this practice CRM only: contacts, companies and deals, reading and writing.',
    },
  ],
  open: async ({ config, secrets, http }): Promise<OpenConnection> => {
    const client = http({
      baseUrl: config.baseUrl,
      headers: { authorization: `Bearer ${secrets.token ?? ''}`, accept: 'application/json' },
      maxConnections: 8,
      errors: errorRows,
    })
    return {
      test: (signal) => testAccount(client, signal),
      describe: async () => objectSpecs.map((spec) => spec.description),
      object: async (name) => {
        const spec = objectSpecs.find((one) => one.description.name === name)
        if (!spec) throw unknownObject(name)
        return connectObject(client, spec)
      },
      close: () => client.close(),
    }
  },
})

function unknownObject(name: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'unknown-object',
    message: `The practice CRM has no "${name}".`,
    kept: 'Nothing was read or written.',
    next: 'Choose contact, company or deal.',
    details: { object: name },
  })
}
