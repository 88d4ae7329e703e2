import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { sampleTruth } from '#main/practice/sample/sample-truth.ts'
import { type CoreBench, coreBench } from '#test/support/core-bench.ts'
import { memoryKeychain } from '#test/support/keychain/memory-keychain.ts'
import { tempFolder } from '#test/support/temp-folder.ts'

const accounts = {
  'practice-crm': 'Practice CRM',
  'practice-books': 'Practice books',
  'practice-list': 'Practice list',
}

type Place = Readonly<Record<string, number>>
const placeOf = (dataFolder: string): string => join(dataFolder, 'practice', 'place.json')
// Written by the practice company.
const readPlace = (dataFolder: string): Place => JSON.parse(readFileSync(placeOf(dataFolder), 'utf8')) as Place

async function accountsOf(bench: CoreBench): Promise<Record<string, string>> {
  const entries = Object.keys(accounts).map(async (connectionId) => {
    const { account } = await bench.call('connections.test', { connectionId })
    return [connectionId, account] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** One data folder and its keychain, over several starts of the core. */
function office() {
  const dataFolder = tempFolder()
  const keychain = memoryKeychain()
  return { dataFolder, open: () => coreBench({ dataFolder, keychain }) }
}

/** Another program that listens where a service was. */
async function occupy(port: number): Promise<void> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
}

describe('the practice company', () => {
  it('starts three services whose connections work, and whose seeds are there', async () => {
    const bench = await coreBench()
    const { services } = await bench.call('practice.start', {})
    expect(services.map((service) => service.id)).toEqual(Object.keys(accounts))
    expect(new Set(services.map((service) => service.address)).size).toBe(3)
    expect(await accountsOf(bench)).toEqual(accounts)
    const count = async (connectionId: string, object: string): Promise<number> => {
      const { samples } = await bench.call('connections.samples', { connectionId, object, limit: 200 })
      return samples.length
    }
    const { books, list } = sampleTruth()
    const found = ['customer', 'item', 'invoice', 'payment'].map((object) => count('practice-books', object))
    expect(await Promise.all(found)).toEqual([books.customers, books.items, books.invoices, books.payments])
    expect(await count('practice-list', 'subscriber')).toBe(list.subscribers)
  }, 60_000)

  it('is started once by two who ask at the same time', async () => {
    const bench = await coreBench()
    const [first, second] = await Promise.all([bench.call('practice.start', {}), bench.call('practice.start', {})])
    expect(second).toEqual(first)
  }, 60_000)

  it('comes back where it was when one of its connections is used, each service by itself', async () => {
    const { dataFolder, open } = office()
    const before = await open()
    const { services } = await before.call('practice.start', {})
    const place = readPlace(dataFolder)
    await before.stop()
    const bench = await open()
    expect((await bench.call('connections.test', { connectionId: 'practice-list' })).account).toBe('Practice list')
    const addressOf = (id: string): string => services.find((service) => service.id === id)?.address ?? ''
    expect((await fetch(addressOf('practice-list'))).status).toBe(401)
    await expect(fetch(addressOf('practice-books'))).rejects.toThrow()
    expect(await accountsOf(bench)).toEqual(accounts)
    expect(await bench.call('practice.start', {})).toMatchObject({ services })
    expect(readPlace(dataFolder)).toEqual(place)
  }, 60_000)

  it('moves a service whose port was taken, and leaves the others and the work of a person alone', async () => {
    const { dataFolder, open } = office()
    const before = await open()
    await before.call('practice.start', {})
    const place = readPlace(dataFolder)
    await renameIntegration(before, 'Mine')
    await before.stop()
    await occupy(place.booksPort ?? 0)
    const bench = await open()
    await bench.call('practice.start', {})
    const { booksPort, ...others } = readPlace(dataFolder)
    expect({ ...others, booksPort: place.booksPort }).toEqual(place)
    expect(booksPort).not.toBe(place.booksPort)
    expect(await accountsOf(bench)).toEqual(accounts)
    expect(await nameOfIntegration(bench)).toBe('Mine')
  }, 60_000)

  it('of an earlier version, which had a CRM only, gets the others and keeps what a person made of it', async () => {
    const { dataFolder, open } = office()
    const before = await open()
    const { folder } = await before.call('practice.start', {})
    await renameIntegration(before, 'Mine')
    await before.stop()
    const { crmPort } = readPlace(dataFolder)
    writeFileSync(placeOf(dataFolder), JSON.stringify({ crmPort }))
    for (const seed of ['practice-books-seed.json', 'practice-list-seed.json']) rmSync(join(folder, seed))
    for (const service of ['books', 'list'])
      rmSync(join(dataFolder, 'practice', service), { recursive: true, force: true })
    writeFileSync(join(folder, 'customers.csv'), 'edited by a person')

    const bench = await open()
    expect((await bench.call('connections.test', { connectionId: 'practice-crm' })).account).toBe('Practice CRM')
    expect(existsSync(join(dataFolder, 'practice', 'books'))).toBe(false)
    await bench.call('practice.start', {})
    expect(await accountsOf(bench)).toEqual(accounts)
    const place = readPlace(dataFolder)
    expect(place).toEqual({ crmPort, booksPort: expect.any(Number), listPort: expect.any(Number) })
    expect(await nameOfIntegration(bench)).toBe('Mine')
    expect(readFileSync(join(folder, 'customers.csv'), 'utf8')).toBe('edited by a person')
  }, 60_000)

  it('of which one service cannot start does not half start, and starts when it can', async () => {
    const bench = await coreBench()
    const practice = join(bench.dataFolder, 'practice')
    await bench.call('practice.start', {})
    await bench.call('practice.stop', {})
    const blocked = join(practice, 'books')
    rmSync(blocked, { recursive: true, force: true })
    writeFileSync(blocked, 'a file where a folder should be')
    await expect(bench.call('practice.start', {})).rejects.toThrow()
    const { crmPort } = readPlace(bench.dataFolder)
    await expect(fetch(`http://127.0.0.1:${crmPort}/v1/account`)).rejects.toThrow()
    rmSync(blocked)
    expect((await bench.call('practice.start', {})).services).toHaveLength(3)
  }, 60_000)
})

const integrationId = 'customers-to-crm'

async function renameIntegration(bench: CoreBench, name: string): Promise<void> {
  const { definition, version } = await bench.call('integrations.definition', { integrationId })
  await bench.call('integrations.save', { definition: { ...definition, name }, expectedVersion: version })
}

async function nameOfIntegration(bench: CoreBench): Promise<unknown> {
  return (await bench.call('integrations.definition', { integrationId })).definition.name
}
