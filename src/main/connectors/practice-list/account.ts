/** Who the service says we are. */
import { isJsonObject } from '#shared/json.ts'
import type { ConnectionTest } from '#shared/model/connected.ts'
import { unexpectedAnswer } from '../../connector-kit/connector-errors.ts'
import type { HttpClient } from '../../connector-kit/http.ts'
import { service } from './settings.ts'

export async function testAccount(client: HttpClient, signal: AbortSignal): Promise<ConnectionTest> {
  const account = (await client.read({ method: 'GET', path: '/account', signal })).json()
  if (!isJsonObject(account) || typeof account.name !== 'string') throw unexpectedAnswer(service, 'an account')
  return { account: account.name, notes: ['Practice data on this computer. Nothing here reaches anybody.'] }
}
