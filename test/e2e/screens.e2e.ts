/** Every screen in every state it can be in, and what a person does on it. */
import {
  anIntegration,
  aPlan,
  aRecord,
  aRun,
  counts,
  emptyAnswers,
  lockedVault,
  missing,
  status,
} from './support/sample-answers.ts'
import { expect, test } from './support/window.ts'

test.describe('home', () => {
  test('offers doors on a first visit and starts the sample business', async ({ page, open, standIn }) => {
    const filled = { ...standIn.answers }
    Object.assign(standIn.answers, emptyAnswers(), {
      'practice.start': () => {
        Object.assign(standIn.answers, filled)
        return { services: [{ id: 'crm', address: 'http://127.0.0.1:1' }], folder: '/practice' }
      },
    })
    await open()
    await page.getByRole('button', { name: 'Start the sample business' }).click()
    await expect.poll(() => standIn.calls.map((call) => call.name)).toContain('practice.start')
    standIn.publish({ name: 'definitions.changed', payload: {} })
    await expect(page.getByRole('heading', { name: 'Needs you' })).toBeVisible()
  })

  test('opens a definitions file', async ({ page, open, standIn }) => {
    Object.assign(standIn.answers, emptyAnswers(), { 'definitions.import': () => ({ saved: [] }) })
    await open()
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'client.yaml', mimeType: 'text/yaml', buffer: Buffer.from('patchbay: 1') })
    await expect
      .poll(() => standIn.calls.find((call) => call.name === 'definitions.import')?.input)
      .toEqual({ text: 'patchbay: 1', fileName: 'client.yaml' })
  })

  test('says what needs a person and leads there', async ({ page, open }) => {
    await open()
    await expect(page.getByText('3 things wait for you')).toBeVisible()
    await page.getByRole('link', { name: 'Bookkeeping has no key yet' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Bookkeeping' })).toBeFocused()
  })

  test('tells in words what failed and asks again', async ({ page, open, standIn }) => {
    const list = standIn.answers['integrations.list']
    let asked = 0
    standIn.answers['integrations.list'] = () => {
      asked += 1
      return missing('integration')
    }
    await open()
    await expect(page.getByRole('alert').first()).toContainText('There is no such integration.')
    // The window asks once more by itself when its line for events is open: only then the button is the one that asks.
    await expect(async () => {
      const before = asked
      await page.waitForTimeout(300)
      expect(asked).toBe(before)
    }).toPass()
    if (list) standIn.answers['integrations.list'] = list
    await page.getByRole('button', { name: 'Try again' }).first().click()
    await expect(page.getByText('3 things wait for you')).toBeVisible()
  })
})

test.describe('connections', () => {
  test('show production, sandbox and practice differently', async ({ page, open }) => {
    await open('/connections')
    await expect(page.getByRole('listitem').filter({ hasText: 'Bookkeeping' }).getByText('Production')).toBeVisible()
    const looks = await page
      .locator('[data-environment]')
      .evaluateAll((badges) => badges.map((badge) => getComputedStyle(badge).borderStyle))
    expect(new Set(looks)).toEqual(new Set(['dashed', 'dotted', 'solid']))
  })

  test('are tested, with the answer in words', async ({ page, open }) => {
    await open('/connections/practice-crm')
    await page.getByRole('button', { name: 'Test the connection' }).click()
    await expect(page.getByText('It works: Northwind Trading, practice account')).toBeVisible()
  })

  test('say why a test failed and what to do', async ({ page, open, standIn }) => {
    standIn.answers['connections.test'] = () => missing('account')
    await open('/connections/practice-crm')
    await page.getByRole('button', { name: 'Test the connection' }).click()
    await expect(page.getByRole('alert')).toContainText('What to do: Choose it from the list.')
  })

  test('take a key, and send it once', async ({ page, open, standIn }) => {
    await open('/connections/books')
    await page.getByRole('button', { name: 'Enter: API key' }).click()
    await page.getByLabel('API key', { exact: true }).fill('s3cret-value')
    await page.getByRole('button', { name: 'Store' }).click()
    await expect(page.getByText('API key is stored.')).toBeVisible()
    expect(standIn.calls.filter((call) => call.name === 'connections.set-secret')).toEqual([
      { name: 'connections.set-secret', input: { connectionId: 'books', field: 'key', value: 's3cret-value' } },
    ])
    expect(await page.content()).not.toContain('s3cret-value')
  })

  test('lead to the passphrase where there is no keychain', async ({ page, open, standIn }) => {
    const { AppError } = await import('#shared/errors.ts')
    standIn.answers['connections.set-secret'] = () => {
      throw new AppError({
        kind: 'config',
        code: 'vault-needs-passphrase',
        message: 'There is no keychain on this computer.',
      })
    }
    await open('/connections/books')
    await page.getByRole('button', { name: 'Enter: API key' }).click()
    await page.getByLabel('API key', { exact: true }).fill('x')
    await page.getByRole('button', { name: 'Store' }).click()
    await expect(page.getByRole('link', { name: 'Choose a passphrase' })).toHaveAttribute('href', '#/unlock')
  })

  test('show what they hold, with notes', async ({ page, open }) => {
    await open('/connections/practice-crm')
    await page.getByRole('button', { name: 'Look what it holds' }).click()
    await page.getByText('5 fields').click()
    await expect(page.getByRole('row', { name: /Customer since/ })).toContainText('dates read as day/month/year')
  })
})

test.describe('plan and run', () => {
  test('lead from an integration to a plan, its approval and the run', async ({ page, open, standIn }) => {
    standIn.answers['integrations.get'] = () => anIntegration({ isApproved: false, lastRun: null, lastPlan: null })
    await open('/integrations/customers-to-crm')
    await page.getByRole('button', { name: 'Make the first plan' }).click()
    await expect(page.getByText('Nothing has been written yet.')).toBeVisible()
    await page.getByRole('button', { name: 'Approve and run' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText(
      '268 records are created and 92 updated in Practice CRM. 12 records are left alone because they need you.',
    )
    await dialog.getByRole('button', { name: 'Approve and run' }).click()
    await expect(page.getByRole('heading', { name: 'About this run' })).toBeVisible()
    expect(standIn.calls.filter((call) => call.name === 'plans.approve')).toHaveLength(1)
  })

  test('let a person go back at the last look', async ({ page, open, standIn }) => {
    await open('/plans/plan-1')
    await page.getByRole('button', { name: 'Approve and run' }).click()
    await page.getByRole('button', { name: 'Not yet' }).click()
    await expect(page.getByRole('dialog')).toBeHidden()
    expect(standIn.calls.map((call) => call.name)).not.toContain('plans.approve')
  })

  test('show only the records of a number that is pressed', async ({ page, open }) => {
    await open('/plans/plan-1')
    const hold = page.getByRole('button', { name: '7 Would hold' })
    await hold.click()
    await expect(hold).toHaveAttribute('aria-pressed', 'true')
    await expect(page.getByRole('article')).toHaveCount(1)
    await expect(page.getByRole('article')).toContainText('Merge or rename the duplicates')
  })

  test('refuse the approval of a plan that is out of date', async ({ page, open, standIn }) => {
    standIn.answers['integrations.get'] = () => anIntegration({ version: 2 })
    await open('/plans/plan-1')
    await expect(page.getByText('The integration was changed since this plan was made')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Approve and run' })).toBeHidden()
  })

  test('show one edited record before and after', async ({ page, open, standIn }) => {
    standIn.answers['runs.get'] = () => aRun({ counts: counts({ updated: 1, unchanged: 411 }) })
    standIn.answers['runs.records'] = () => ({
      records: [aRecord({ before: { city: 'Hambrug' }, after: { city: 'Hamburg' } })],
      next: null,
    })
    await open('/runs/run-1')
    await expect(page.getByText('Updated 1 record. 411 were already right.')).toBeVisible()
    await expect(page.getByRole('definition').filter({ hasText: 'Hambrug' })).toHaveText('Hambrug→Hamburg')
  })

  test('say plainly that a second run wrote nothing', async ({ page, open, standIn }) => {
    standIn.answers['runs.get'] = () => aRun({ counts: counts({ unchanged: 412 }) })
    standIn.answers['runs.records'] = () => ({ records: [], next: null })
    await open('/runs/run-1')
    await expect(page.getByText('Nothing had to be written. 412 were already right.')).toBeVisible()
    await expect(page.getByText('Everything was already right: nothing was written.')).toBeVisible()
  })

  test('follow a running run without being asked', async ({ page, open, standIn }) => {
    const running = aRun({ state: 'running', endedAt: null, timings: null, counts: counts({ created: 10 }) })
    standIn.answers['runs.get'] = () => running
    await open('/runs/run-1')
    await expect(page.getByRole('status').getByText('Running')).toBeVisible()
    standIn.answers['runs.get'] = () => aRun()
    standIn.publish({ name: 'run.changed', payload: { runId: 'run-1', integrationId: 'customers-to-crm' } })
    await expect(page.getByText('Finished, 12 need you')).toBeVisible()
  })

  test('list runs by what a person looks for, back to the oldest', async ({ page, open, standIn }) => {
    const all = Array.from({ length: 60 }, (_, n) =>
      aRun({ id: `run-${n}`, startedAt: new Date(Date.now() - n * 60_000).toISOString() }),
    )
    standIn.answers['runs.list'] = ({ before, limit, selection }) => {
      const kept = selection === 'open' ? [] : all
      const start = before ? kept.findIndex(({ id }) => id === before.id) + 1 : 0
      return { runs: kept.slice(start, start + limit) }
    }
    await open('/runs')
    const rows = page.getByRole('main').getByRole('listitem')
    await expect(rows).toHaveCount(25)
    await page.getByRole('button', { name: 'Show older runs' }).click()
    await page.getByRole('button', { name: 'Show older runs' }).click()
    await expect(rows).toHaveCount(60)
    await expect(page.getByRole('button', { name: 'Show older runs' })).toBeHidden()
    await page.getByLabel('Show', { exact: true }).selectOption('Running, paused or interrupted')
    await page.getByLabel('Integration', { exact: true }).selectOption('Customer list into the CRM')
    await expect(page.getByText('No run fits what you chose above.')).toBeVisible()
    expect(standIn.calls.findLast(({ name }) => name === 'runs.list')?.input).toMatchObject({
      integrationId: 'customers-to-crm',
      selection: 'open',
    })
    await page.getByRole('button', { name: 'Show all runs' }).click()
    await expect(rows).toHaveCount(25)
  })

  test('pause at once, and cancel only after asking', async ({ page, open, standIn }) => {
    Object.assign(standIn.answers, {
      'runs.get': () => aRun({ state: 'running', endedAt: null }),
      'runs.pause': () => ({}),
      'runs.cancel': () => ({}),
    })
    await open('/runs/run-1')
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('button', { name: 'Cancel run' }).click()
    await page.getByRole('button', { name: 'Cancel the run' }).click()
    await expect
      .poll(() => standIn.calls.map((call) => call.name).filter((name) => /pause|cancel/.test(name)))
      .toEqual(['runs.pause', 'runs.cancel'])
  })

  test('show a plan that is being made', async ({ page, open, standIn }) => {
    standIn.answers['plans.get'] = () => aPlan({ state: 'making', readCount: 120, counts: counts() })
    standIn.answers['plans.items'] = () => ({ items: [], next: null })
    await open('/plans/plan-1')
    await expect(page.getByText('Reading both sides: 120 records so far. Nothing is written.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Approve and run' })).toBeHidden()
  })
})

test.describe('long and ugly data', () => {
  const total = 100_000

  test('lists 100,000 records, fetches only what is looked at and draws only what is seen', async ({
    page,
    open,
    standIn,
  }) => {
    standIn.answers['runs.get'] = () => aRun({ counts: counts({ created: total }) })
    standIn.answers['runs.records'] = ({ afterSeq, limit }) => {
      const records = Array.from({ length: Math.min(limit, total - afterSeq) }, (_, index) =>
        aRecord({
          seq: afterSeq + index + 1,
          outcome: 'created',
          label: `Record ${afterSeq + index + 1}`,
          before: null,
        }),
      )
      return { records, next: afterSeq + limit < total ? afterSeq + limit : null }
    }
    const asked = () => standIn.calls.filter((call) => call.name === 'runs.records').length
    await open('/runs/run-1')
    await page.getByRole('button', { name: '100,000 Created' }).click()
    await expect(page.getByText('Record 1', { exact: true })).toBeVisible()
    expect(asked()).toBeLessThan(5)
    await page.getByText('Record 1', { exact: true }).hover()
    // In steps of less than a screen, so that no record is passed unseen.
    const wanted = page.getByText('Record 150', { exact: true })
    for (let step = 0; step < 100 && (await wanted.count()) === 0; step += 1) {
      await page.mouse.wheel(0, 500)
      await page.waitForTimeout(50)
    }
    await expect(wanted).toHaveCount(1)
    expect(await page.getByRole('article').count()).toBeLessThan(60)
    expect(asked()).toBeLessThan(20)
  })

  test('searches, and says how to get back when nothing fits', async ({ page, open, standIn }) => {
    const all = standIn.answers['runs.records']
    standIn.answers['runs.records'] = (input) =>
      input.search === undefined && all ? all(input) : { records: [], next: null }
    await open('/runs/run-1')
    await page.getByRole('searchbox', { name: 'Find a record' }).fill('nobody')
    await expect(page.getByText('No record fits')).toBeVisible()
    await page.getByRole('button', { name: 'Show all records' }).click()
    await expect(page.getByRole('article')).toHaveCount(5)
  })

  test('shows markup in a name as text', async ({ page, open }) => {
    await open('/runs/run-1')
    await expect(page.getByText('<img src=x onerror=alert(1)>')).toBeVisible()
    await expect(page.locator('article img')).toHaveCount(0)
  })
})

test.describe('the frame', () => {
  test('says so when the core is gone, and comes back by itself', async ({ page, open, standIn, trouble }) => {
    trouble.expected.push(/\/(events|rpc)/, /ERR_/)
    await open('/runs')
    standIn.sleep()
    await expect(page.getByText('Patchbay is not answering')).toBeVisible()
    standIn.answers['runs.list'] = () => ({ runs: [] })
    standIn.wake()
    await expect(page.getByText('Patchbay is not answering')).toBeHidden()
    await expect(page.getByText('No run yet')).toBeVisible()
  })

  test('explains how to get a new link when there is none', async ({ page, standIn }) => {
    await page.goto(standIn.origin)
    await expect(page.getByRole('heading', { name: 'This window needs a fresh link' })).toBeVisible()
    await expect(page.getByText('npm start')).toBeVisible()
  })

  test('takes the token out of the address, and survives a reload', async ({ page, open }) => {
    await open()
    expect(page.url()).not.toContain('t=')
    await page.reload()
    await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  })

  test('shows above every screen that keys are locked, and unlocks', async ({ page, open, standIn }) => {
    standIn.answers['system.status'] = () => status({ vault: lockedVault })
    standIn.answers['vault.unlock'] = ({ passphrase }) => {
      if (passphrase !== 'four random words') return missing('passphrase')
      standIn.answers['system.status'] = () => status()
      standIn.publish({ name: 'vault.changed', payload: {} })
      return status().vault
    }
    await open('/runs')
    await page.getByRole('link', { name: 'Unlock' }).click()
    await page.getByLabel('Passphrase or recovery code').fill('wrong')
    await page.getByRole('button', { name: 'Unlock' }).click()
    await expect(page.getByRole('alert')).toContainText('There is no such passphrase.')
    await page.getByLabel('Passphrase or recovery code').fill('four random words')
    await page.getByRole('button', { name: 'Unlock' }).click()
    await expect(page.getByText('Everything can run.')).toBeVisible()
  })

  test('says that an address leads nowhere', async ({ page, open }) => {
    await open('/nowhere')
    await expect(page.getByText('The address does not belong to any screen.')).toBeVisible()
  })

  test('keeps the frame and tells what is safe when a screen cannot be drawn', async ({ page, open, trouble }) => {
    trouble.expected.push(/./)
    await open()
    await page.route('**/assets/runs-*.js', (route) => route.abort())
    await page.getByRole('link', { name: 'Runs', exact: true }).click()
    await expect(page.getByRole('alert')).toContainText('Your data and running work are not touched')
    await expect(page.getByRole('link', { name: 'Home' })).toBeVisible()
  })
})
