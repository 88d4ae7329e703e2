/** How long history is kept, and what a run and a plan say whose records are gone. */
import { AppError } from '#shared/errors.ts'
import { aPlan, aRun, counts, historyFacts } from './support/sample-answers.ts'
import { expect, test } from './support/window.ts'

test('settings show what history takes and change how long it is kept', async ({ page, open, standIn }) => {
  standIn.answers['history.set'] = (change) => {
    const settings = { ...historyFacts().settings, ...change }
    standIn.answers['history.get'] = () => historyFacts({ settings })
    return historyFacts({ settings })
  }
  await open('/settings')
  await expect(page.getByText('The database takes 412 MB, about 380 MB of it history.')).toBeVisible()
  await expect(page.getByText('1 Mar 2026')).toBeVisible()
  await page.getByLabel('A run can be undone for (days)').fill('30')
  await page.getByLabel('History may take at most (GB)').fill('0.5')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved. What is too old now is removed within a day.')).toBeVisible()
  expect(standIn.calls.find(({ name }) => name === 'history.set')?.input).toEqual({
    historyDays: 365,
    undoDays: 30,
    historyMaxBytes: 500_000_000,
  })
})

test('settings that contradict each other are refused in words, and what was written stays', async ({
  page,
  open,
  standIn,
}) => {
  standIn.answers['history.set'] = () => {
    throw new AppError({
      kind: 'config',
      code: 'bad-history-setting',
      message: 'That is too short.',
      next: 'Keep it longer.',
    })
  }
  await open('/settings')
  await page.getByLabel('Keep records for (days)').fill('5')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('That is too short.')
  await expect(page.getByLabel('Keep records for (days)')).toHaveValue('5')
})

test('settings say when history is larger than it may be and is kept all the same', async ({ page, open, standIn }) => {
  standIn.answers['history.get'] = () => historyFacts({ isOverLimit: true })
  await open('/settings')
  await expect(page.getByText('what is in it can still be undone (90 days)')).toBeVisible()
})

test('a run whose records were removed says so instead of looking empty', async ({ page, open, standIn }) => {
  standIn.answers['runs.get'] = () =>
    aRun({
      startedAt: '2026-01-01T09:00:00.000Z',
      endedAt: '2026-01-01T09:00:10.000Z',
      counts: counts({ updated: 92 }),
      historyPrunedAt: '2027-01-03T09:00:00.000Z',
    })
  await open('/runs/run-1')
  await expect(page.getByText('removed on 3 Jan 2027 after 366 days')).toBeVisible()
  await expect(page.getByText('92', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'Open settings' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
})

test('a plan whose items were removed says so', async ({ page, open, standIn }) => {
  standIn.answers['plans.get'] = () => aPlan({ state: 'applied', historyPrunedAt: '2027-01-03T09:00:00.000Z' })
  standIn.answers['plans.items'] = () => ({ items: [], next: null })
  await open('/plans/plan-1')
  await expect(page.getByText('They were removed on 3 Jan 2027.')).toBeVisible()
})
