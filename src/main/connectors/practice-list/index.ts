/** Connector of the practice list: a table of contents. See README.md for the service's limits and habits. */
import { AppError } from '#shared/errors.ts'
import type { OpenConnection } from '#shared/model/connected.ts'
import { defineConnector } from '../../connector-kit/define-connector.ts'
import { testAccount } from './account.ts'
import { connectSubscribers } from './connect-subscribers.ts'
import { type PracticeListConfig, practiceListConfig } from './settings.ts'
import { subscriber } from './subscriber.ts'

export const practiceList = defineConnector<PracticeListConfig>({
  id: 'practice-list',
  name: 'Practice list',
  summary: 'A small e-mail list on this computer, to try things out without risk. It sends nothing.',
  config: practiceListConfig,
  secrets: [
    {
      name: 'token',
      label: 'Access token',
      help: 'In the file "access-token" in the data folder of the practice list. It opens this practice list only: reading and writing subscribers.',
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
      describe: async () => [subscriber],
      object: async (name) => {
        if (name !== subscriber.name) throw unknownObject(name)
        return connectSubscribers(client)
      },
      close: () => client.close(),
    }
  },
})

function unknownObject(name: string): AppError {
  return new AppError({
    kind: 'config',
    code: 'unknown-object',
    message: `The practice list has no "${name}".`,
    kept: 'Nothing was read or written.',
    next: 'Choose subscriber.',
    details: { object: name },
  })
}
