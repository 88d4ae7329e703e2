/** connections, doctor and schema. */
import type { Client } from '#shared/contract/contract.ts'
import { errorInfoOf } from '#shared/errors.ts'
import { type CommandInput, type CommandRun, textOption } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { table } from '../output.ts'
import { readText } from '../read-text.ts'
import { withClient } from '../with-client.ts'

export const showConnections: CommandRun = (input) =>
  withClient(input, async (client) => {
    const openApiFile = textOption(input, 'fromOpenapi')
    if (openApiFile !== undefined) return propose(client, openApiFile, input)
    const connectionId = textOption(input, 'objects')
    if (connectionId !== undefined) return showObjects(client, connectionId, input)
    const { connections } = await client.call('connections.list', {})
    const tests =
      input.options.test === true
        ? await testAll(
            client,
            connections.map(({ id }) => id),
          )
        : []
    const rows = connections.map(({ id, name, connectorName, environment, secrets }) => {
      const missing = secrets.filter((secret) => !secret.isSet && !secret.isOptional).map((secret) => secret.name)
      const test = tests.find((one) => one.id === id)
      return [
        id,
        name,
        connectorName,
        environment,
        missing.length > 0 ? `missing: ${missing.join(', ')}` : 'complete',
        test?.message ?? '',
      ]
    })
    input.output.result(
      { connections, ...(tests.length > 0 ? { tests } : {}) },
      table(['connection', 'name', 'connector', 'environment', 'secrets', 'test'], rows),
    )
    return tests.every((test) => test.isOk) ? exitCodes.allWell : exitCodes.serviceNotReached
  })

/** The proposal goes to standard output, so that it can be kept in a file; what to look at goes beside it. */
async function propose(client: Client, path: string, input: CommandInput): Promise<number> {
  const openApi = readText(path)
  const { text, notes } = await client.call('connections.propose', {
    connectionId: textOption(input, 'id') ?? 'my-service',
    openApi,
  })
  input.output.result({ text, notes }, [...notes.map((note) => `# ${note}`), text.trimEnd()])
  return exitCodes.allWell
}

async function showObjects(client: Client, connectionId: string, input: CommandInput): Promise<number> {
  const { objects } = await client.call('connections.objects', { connectionId })
  const lines = objects.flatMap((object) => [
    `${object.name} (${object.label})`,
    ...object.notes.map((note) => `  ${note}`),
    ...object.fields.map((field) => `  - ${field.name}: ${field.type}${field.note ? ` (${field.note})` : ''}`),
  ])
  input.output.result({ objects }, lines)
  return exitCodes.allWell
}

async function testAll(client: Client, ids: readonly string[]) {
  const tests: { id: string; isOk: boolean; message: string }[] = []
  for (const id of ids) {
    try {
      tests.push({ id, isOk: true, message: (await client.call('connections.test', { connectionId: id })).account })
    } catch (thrown) {
      tests.push({ id, isOk: false, message: errorInfoOf(thrown).message })
    }
  }
  return tests
}

export const doctor: CommandRun = (input) =>
  withClient(input, async (client) => {
    const { checks } = await client.call('system.doctor', {})
    const lines = checks.flatMap((check) => [
      `${check.isOk ? 'ok     ' : 'PROBLEM'} ${check.name}: ${check.message}`,
      ...(check.next ? [`        ${check.next}`] : []),
    ])
    input.output.result({ checks }, lines)
    return checks.every((check) => check.isOk) ? exitCodes.allWell : exitCodes.wrongUseOrConfiguration
  })

export const showSchema: CommandRun = (input) =>
  withClient(input, async (client) => {
    const { schema } = await client.call('definitions.schema', {})
    input.output.result(schema, [JSON.stringify(schema, null, 2)])
    return exitCodes.allWell
  })
