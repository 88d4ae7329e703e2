/** Data folders for the bench: definitions imported, the integration approved while its source was empty. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runIntegration, runToEnd } from './measure.ts'

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'patchbay-bench-'))
}

export async function prepareFolder(
  definitions: string,
  integrationId: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const dataFolder = temporaryFolder()
  await importDefinitions(dataFolder, definitions, env)
  await runIntegration(dataFolder, integrationId, env, '--approve')
  return dataFolder
}

export async function importDefinitions(
  dataFolder: string,
  definitions: string,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const file = join(dataFolder, 'definitions.json')
  writeFileSync(file, definitions)
  const { code, printed } = await runToEnd('out/main/cli.js', ['import', file, '--json', '--data', dataFolder], env)
  if (code !== 0) throw new Error(`the definitions were not taken: ${JSON.stringify(printed)}`)
}

export async function post(url: string, body: object): Promise<void> {
  await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}
