import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { afterAll, describe, expect, test } from 'vitest'
import { launchService } from '../kit/launch-service.ts'
import { plannedContacts, practiceCrmPopulation } from './crm-population.ts'
import { sampleCustomersCsv, sampleWholesaleCsv } from './sample-files.ts'
import { sampleColumns, sampleRows } from './sample-rows.ts'
import { sampleTruth } from './sample-truth.ts'
import { writeSampleBusiness } from './write-sample.ts'

const truth = sampleTruth()
const rows = readCustomers()
const folder = mkdtempSync(join(tmpdir(), 'sample-business-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Reads the bytes as any importer would, without knowing how they were made. */
function readCustomers(): Record<string, string>[] {
  const parsed: Record<string, string>[] = parse(sampleCustomersCsv(), { bom: true, delimiter: ';', columns: true })
  return parsed.filter((row) => Object.values(row).some((cell) => cell !== ''))
}

const usableEmail = (row: Record<string, string>): string | null => {
  const text = (row['E-mail'] ?? '').trim().toLowerCase()
  return /^[^\s@;()]+@[^\s@;()]+\.[^\s@;()]+$/.test(text) ? text : null
}

describe('customers.csv', () => {
  test('is the same on every machine', () => {
    expect(sampleCustomersCsv().equals(sampleCustomersCsv())).toBe(true)
    expect(createHash('sha256').update(sampleCustomersCsv()).digest('hex').slice(0, 16)).toBe('a0c3da520d4765b7')
    expect(createHash('sha256').update(sampleWholesaleCsv()).digest('hex').slice(0, 16)).toBe('5477cca6458f9821')
  })

  test('holds what the truth says, counted from its bytes', () => {
    expect(Object.keys(rows[0] ?? {})).toEqual([...sampleColumns])
    expect(rows).toHaveLength(truth.rows)
    expect(truth.people).toBeGreaterThanOrEqual(500)
    const emails = rows.map(usableEmail)
    const used = emails.filter((email) => email !== null)
    expect(used).toHaveLength(truth.rowsWithEmail)
    expect(emails.length - used.length).toBe(truth.rowsWithoutEmail)
    expect(new Set(used).size).toBe(truth.distinctEmails)
    const shared = [...Map.groupBy(used, (email) => email).values()].filter((group) => group.length > 1)
    expect([shared.length, shared.flat().length]).toEqual([truth.sharedEmails, truth.rowsWithSharedEmail])
  })

  test('has each kind of ugliness as often as the truth says', () => {
    const count = (has: (row: Record<string, string>) => boolean): number => rows.filter(has).length
    const names = (row: Record<string, string>): string => `${row['First name']}${row['Last name']}`
    const kinds = truth.rowsByKind
    expect(
      count((row) => /\p{Script=Greek}|\p{Script=Cyrillic}|\p{Script=Han}|\p{Script=Hiragana}/u.test(names(row))),
    ).toBe(kinds['other-script'])
    expect(count((row) => names(row).includes(','))).toBe(kinds['comma-in-name'])
    expect(count((row) => names(row).includes('"'))).toBe(kinds['quote-in-name'])
    expect(count((row) => names(row).includes('☕'))).toBe(kinds.emoji)
    expect(count((row) => (row['Last name'] ?? '').startsWith('\u00a0'))).toBe(kinds.nbsp)
    expect(count((row) => names(row).includes('\u200b'))).toBe(kinds['zero-width'])
    expect(count((row) => names(row) !== names(row).normalize('NFC'))).toBe(kinds.decomposed)
    expect(count((row) => (row.Street ?? '').includes('\n'))).toBe(kinds['line-break'])
    expect(count((row) => (row.Notes ?? '').startsWith('='))).toBe(kinds['formula-like'])
    expect(count((row) => row['Newsletter?'] === '')).toBe(kinds['no-newsletter'])
    expect(count((row) => row['Customer since'] === '31/02/2024')).toBe(kinds['impossible-date'])
    expect(Object.values(kinds).every((number) => number > 0)).toBe(true)
  })

  test('has phones that read as the clean number, and addresses nobody owns', () => {
    const wrong = sampleRows().filter(({ clean, cells, person }) => {
      const parsed = parsePhoneNumberFromString(cells[4] ?? '', person.country)
      return (parsed?.number ?? null) !== clean.phone
    })
    expect(wrong.map((row) => row.cells[4])).toEqual([])
    const foreign = sampleRows().filter(({ person }) => !/[@.]example(\.(com|org|net))?$/.test(person.email))
    expect(foreign).toEqual([])
  })

  test('writes dates in five ways, the day first, and amounts in five ways that mean the clean amount', () => {
    const styles = new Set(sampleRows().map((row) => `${row.dateStyle}`))
    expect(styles.size).toBe(5)
    for (const row of sampleRows()) {
      const text = row.cells[12] ?? ''
      const digits = Number(text.replace(/\D/g, ''))
      expect(/^[-(]/.test(text) ? -digits : digits).toBe(row.clean.totalSpent.amountMinor)
    }
    expect(new Set(sampleRows().map((row) => row.amountStyle)).size).toBe(5)
  })
})

test('wholesale.csv is Windows-1252 and not UTF-8', () => {
  const bytes = sampleWholesaleCsv()
  expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toThrow()
  const parsed: Record<string, string>[] = parse(iconv.decode(bytes, 'win1252'), { columns: true })
  expect(parsed).toHaveLength(truth.wholesale.rows)
  expect(parsed.some((row) => row.Company?.includes('Müller & Söhne'))).toBe(true)
})

describe('the population of the CRM', () => {
  test('is accepted whole by the real service, once, with the dates of its past', async () => {
    const { crmSeed } = writeSampleBusiness(folder)
    const entry = fileURLToPath(new URL('../crm/serve.ts', import.meta.url))
    const args = ['--data', join(folder, 'crm'), '--seed', crmSeed, '--rate', '0']
    for (const attempt of ['first start', 'second start']) {
      const service = await launchService({ entry, args })
      const ask = async (path: string): Promise<unknown> =>
        (await fetch(service.baseUrl + path, { headers: { authorization: `Bearer ${service.token}` } })).json()
      expect(await ask('/_stats'), attempt).toMatchObject({
        objects: { contact: { live: truth.crm.contacts }, company: { live: 60 }, deal: { live: 80 } },
      })
      expect(await ask('/contacts/con_1')).toMatchObject({ created_at: expect.stringMatching(/^2022-/) })
      await service.stop()
    }
  })

  test('is refused whole when one record of it is wrong', async () => {
    const population = practiceCrmPopulation()
    const [first, ...others] = population.contacts
    const broken = { ...population, contacts: [...others, { ...first, fields: { email: 'kein@mail' } }] }
    const seed = join(folder, 'broken.json')
    writeFileSync(seed, JSON.stringify(broken))
    const entry = fileURLToPath(new URL('../crm/serve.ts', import.meta.url))
    const starting = launchService({ entry, args: ['--data', join(folder, 'broken-crm'), '--seed', seed] })
    await expect(starting).rejects.toMatchObject({ info: { code: 'practice-seed-unreadable' } })
  })
})

test('the truth of the first sync follows from the two sides', () => {
  const inCrm = new Set(
    practiceCrmPopulation().contacts.flatMap(({ fields }) =>
      typeof fields.email === 'string' ? [fields.email.toLowerCase()] : [],
    ),
  )
  const inFile = new Set(rows.map(usableEmail).filter((email) => email !== null))
  expect([...inFile].filter((email) => inCrm.has(email)).length).toBe(truth.crm.matchedByEmail)
  expect([...inFile].filter((email) => !inCrm.has(email)).length).toBe(truth.crm.emailsToCreate)
  expect(truth.crm.contactsAfterSync).toBe(truth.crm.contacts + truth.crm.emailsToCreate)
})

test('each contact of the CRM differs from its row in the file exactly as planned', () => {
  const byEmail = new Map(sampleRows().map((row) => [row.clean.email, row]))
  const population = practiceCrmPopulation().contacts
  const differences = plannedContacts().map(({ overlap, person }, nth) => {
    const fields = population[nth]?.fields ?? {}
    const row = byEmail.get(person.email)
    const found = {
      'other-phone': fields.phone !== row?.clean.phone,
      moved: fields.city !== row?.person.city,
      'other-newsletter': fields.newsletter !== row?.clean.newsletter,
      'other-last-name': fields.last_name !== row?.person.lastName,
    }
    const different = Object.entries(found).flatMap(([name, differs]) => (differs ? [name] : []))
    return { overlap, isInFile: row !== undefined, different }
  })
  for (const { overlap, isInFile, different } of differences) {
    expect(isInFile).toBe(overlap !== 'crm-only' && overlap !== 'no-email-either-side')
    if (isInFile) expect(different).toEqual(overlap === 'same' ? [] : [overlap])
  }
})
