/** 100,000 records through both main roads, in the process of a real host; and an unchanged run. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchPracticeCrm } from '#main/practice/crm/launch.ts'
import { hostFlags, productEnv } from '../../scripts/lib/product-process.mjs'
import { loopbackDefinitions } from '../support/loopback-definitions.ts'
import { startService } from '../support/services/start-service.ts'
import { type MeasuredRun, runIntegration, watchPeak } from './measure.ts'
import { importDefinitions, post, prepareFolder, temporaryFolder } from './prepare.ts'

const goalMb = 150
const goalUnchanged = 20_000

export async function measureMemory(say: (line: string) => void): Promise<void> {
  for (const records of [25_000, 100_000]) await httpToSqlite(records, say)
  for (const records of [25_000, 100_000]) await fileToCrm(records, say)
}

async function httpToSqlite(records: number, say: (line: string) => void): Promise<void> {
  const service = await startService('loopback', { customers: 0, maxLifeMs: 900_000 })
  const databasePath = join(temporaryFolder(), 'destination.db')
  const dataFolder = await prepareFolder(
    loopbackDefinitions({ url: service.url, databasePath, pageSize: 500 }),
    'to-database',
  )
  await post(`${service.url}/reset`, { customers: records })
  const host = await startHost(dataFolder)
  const first = await runIntegration(dataFolder, 'to-database')
  const firstPeakMb = host.peakMb()
  const again = await runIntegration(dataFolder, 'to-database')
  say(line(`HTTP -> SQLite, ${records}`, records, first, firstPeakMb))
  const rate = Math.round((records / again.durationMs) * 1000)
  const verdict = rate >= goalUnchanged && again.run.counts.unchanged === records ? 'met' : 'MISSED'
  say(
    `  unchanged run: ${rate} records/s (goal ${goalUnchanged}: ${verdict}), ${again.run.counts.unchanged} unchanged, peak of the host ${Math.round(host.peakMb())} MB`,
  )
  await host.stop()
  await service.stop()
}

async function fileToCrm(records: number, say: (line: string) => void): Promise<void> {
  const folder = temporaryFolder()
  const env = passphraseIn(folder)
  const crm = await launchPracticeCrm({ dataFolder: join(folder, 'crm'), requestsPerSecond: 0 })
  const csv = join(folder, 'customers.csv')
  await writeCsv(csv, records)
  await importDefinitions(folder, crmDefinitions(csv, crm.baseUrl), env)
  const secret = spawn(process.execPath, [cliPath, 'secret', 'set', 'crm', 'token', '--data', folder], {
    env: { ...productEnv(), ...env },
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  secret.stdin.end(crm.token)
  await once(secret, 'close')
  const host = await startHost(folder, env)
  host.forgetPeak()
  const first = await runIntegration(folder, 'to-crm', env, '--approve')
  say(line(`file -> practice CRM, ${records}`, records, first, host.peakMb()))
  await host.stop()
  await crm.stop()
}

function line(name: string, records: number, { run, durationMs }: MeasuredRun, peakMb: number): string {
  const isWhole = run.counts.created === records
  return `${name}: ${Math.round((records / durationMs) * 1000)} records/s, ${isWhole ? 'all created' : `MISSED: ${JSON.stringify(run.counts)}`}, peak of the host ${Math.round(peakMb)} MB (goal ${goalMb}: ${peakMb <= goalMb ? 'met' : 'MISSED'})`
}

const cliPath = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url))
const hostPath = fileURLToPath(new URL('../../out/main/headless.js', import.meta.url))

/** The real host: the command line then speaks to it, and the work happens in its process. */
async function startHost(dataFolder: string, env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [...hostFlags, hostPath, 'serve', '--data', dataFolder], {
    env: { ...productEnv(), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const peak = watchPeak(child)
  await once(child.stdout, 'data')
  // Opening the vault with a passphrase takes 128 MB for a moment, as scrypt is meant to; it is not part of a sync.
  const forgetPeak = (): void => {
    if (process.platform === 'linux') writeFileSync(`/proc/${child.pid}/clear_refs`, '5')
    peak.reset()
  }
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  return { peakMb: peak.mb, forgetPeak, stop }
}

function passphraseIn(folder: string): Readonly<Record<string, string>> {
  const file = join(folder, 'passphrase')
  writeFileSync(file, 'a passphrase for the bench\n', { mode: 0o600 })
  return { PATCHBAY_PASSPHRASE_FILE: file }
}

async function writeCsv(path: string, records: number): Promise<void> {
  const file = createWriteStream(path)
  file.write('Number;Name;E-mail;Phone;City\n')
  for (let index = 0; index < records; index++) {
    const row = `C-${index};  Person   ${index};Person${index}@Example.com;(415) 555-${String(index % 10_000).padStart(4, '0')};"City, ${index % 100}"\n`
    if (!file.write(row)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'close')
}

function crmDefinitions(path: string, baseUrl: string): string {
  return JSON.stringify({
    patchbay: 1,
    connections: [
      {
        id: 'list',
        name: 'List',
        connector: 'files',
        environment: 'practice',
        settings: { path, object: 'rows', idColumns: ['Number'], stableMs: 0 },
      },
      { id: 'crm', name: 'CRM', connector: 'practice-crm', environment: 'practice', settings: { baseUrl } },
    ],
    integrations: [
      {
        id: 'to-crm',
        name: 'List into the CRM',
        source: { connection: 'list', object: 'rows' },
        destination: { connection: 'crm', object: 'contact' },
        match: ['email'],
        defaults: { country: 'US' },
        mapping: [
          { to: 'external_ref', from: 'Number' },
          { to: 'email', from: 'E-mail', steps: ['normalize-email'] },
          { to: 'last_name', from: 'Name', steps: ['trim', 'collapse-spaces'] },
          { to: 'phone', from: 'Phone', steps: [{ phone: { check: 'possible' } }] },
          { to: 'city', from: 'City' },
        ],
      },
    ],
  })
}
