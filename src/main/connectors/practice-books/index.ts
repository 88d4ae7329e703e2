/** Connector of the practice books: a table of contents. See README.md for the service's limits and habits. */
import { AppError } from '#shared/errors.ts'
import type { OpenConnection } from '#shared/model/connected.ts'
import { defineConnector } from '../../connector-kit/define-connector.ts'
import { testAccount } from './account.ts'
import { connectObject } from './connect-object.ts'
import { objectSpecs } from './objects.ts'
import { type PracticeBooksConfig, practiceBooksConfig } from './settings.ts'

export const practiceBooks = defineConnector<PracticeBooksConfig>({
  id: 'practice-books',
  name: 'Practice books',
  summary:
    'Small accounts on this computer with customers, items, invoices and payments, to try things out without risk.',
  config: practiceBooksConfig,
  secrets: [
    {
      name: 'token',
      label: 'Access token',
      help: 'In the file "access-token" in the data folder of the practice books. It opens these practice books only: reading and writing.',
    },
  ],
  open: async ({ config, secrets, http }): Promise<OpenConnection> => {
    const client = http({
      baseUrl: config.baseUrl,
      headers: { authorization: `Bearer ${secrets.token ?? ''}`, accept: 'application/json' },
      maxConnections: 4,
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
    message: `The practice books have no "${name}".`,
    kept: 'Nothing was read or written.',
    next: 'Choose customer, item, invoice or payment.',
    details: { object: name },
  })
}
