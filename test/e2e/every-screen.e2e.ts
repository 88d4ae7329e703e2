/**
 * Every screen and dialog on the real core with the sample business, by the rules of WCAG 2.2 AA: light, dark, in forced
 * colours and at 200 % zoom; nothing needs sideways scrolling, at 320 px either.
 */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { type RealHost, startRealHost } from './support/real-host.ts'
import { expect, test } from './support/window.ts'

test.describe.configure({ timeout: 240_000 })

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
let host: RealHost | undefined
let integration = ''
let run = ''
let connection = ''
let plan = ''
let undo = ''

test.afterAll(() => host?.stop())

/** A place to look at: an address, and what is pressed there before looking. */
interface Place {
  readonly name: string
  readonly address: string
  readonly open?: (page: Page) => Promise<unknown>
}

function places(): readonly Place[] {
  const editor = `/integrations/${integration}/edit`
  const tab = (name: string): Place => ({
    name: `editor, ${name}`,
    address: editor,
    open: (page) => page.getByRole('tab', { name }).click(),
  })
  return [
    { name: 'home', address: '/' },
    { name: 'connections', address: '/connections' },
    { name: 'add a connection', address: '/add/connection' },
    { name: 'connect a folder', address: '/add/connection/files' },
    { name: 'connect a service', address: '/add/connection/rest' },
    { name: 'connection', address: `/connections/${connection}` },
    { name: 'edit a connection', address: `/connections/${connection}/edit` },
    {
      name: 'remove a connection',
      address: `/connections/${connection}`,
      open: (page) => page.getByRole('button', { name: 'Remove' }).click(),
    },
    { name: 'integrations', address: '/integrations' },
    { name: 'new integration', address: '/add/integration' },
    { name: 'integration', address: `/integrations/${integration}` },
    {
      name: 'remove an integration',
      address: `/integrations/${integration}`,
      open: (page) => page.getByRole('button', { name: 'Remove' }).click(),
    },
    {
      name: 'schedule',
      address: `/integrations/${integration}/schedule`,
      open: (page) => page.getByRole('radio', { name: 'On days of the month' }).check(),
    },
    {
      name: 'schedule, a poll',
      address: `/integrations/${integration}/schedule`,
      open: async (page) => {
        await page.getByRole('radio', { name: 'Every few minutes' }).check()
        await page.getByText('Advanced').click()
      },
    },
    { name: 'editor', address: editor },
    tab('Which records'),
    tab('Rules'),
    tab('Try odd values'),
    tab('Overview'),
    {
      name: 'editor, way back',
      address: '/integrations/books-and-crm/edit',
      open: (page) => page.getByRole('tab', { name: 'Way back' }).click(),
    },
    {
      name: 'editor, rules of both ways',
      address: '/integrations/books-and-crm/edit',
      open: (page) => page.getByRole('tab', { name: 'Rules' }).click(),
    },
    {
      name: 'editor, one field',
      address: editor,
      open: (page) => page.getByRole('row').getByRole('button').first().click(),
    },
    { name: 'plan', address: `/plans/${plan}` },
    {
      name: 'approve a plan',
      address: `/plans/${plan}`,
      open: (page) => page.getByRole('button', { name: 'Approve and run' }).click(),
    },
    { name: 'plan to undo', address: `/plans/${undo}` },
    {
      name: 'undo a run',
      address: `/plans/${undo}`,
      open: (page) => page.getByRole('button', { name: 'Undo these records' }).click(),
    },
    { name: 'fan-out', address: '/sets/new-orders' },
    { name: 'aggregation', address: '/sets/leads' },
    { name: 'one more destination', address: `/add/leg/fan-out/${integration}` },
    { name: 'one more source', address: '/add/leg/aggregation/readers-to-crm' },
    {
      name: 'editor, what marks a record that is gone',
      address: editor,
      open: async (page) => {
        await page.getByRole('tab', { name: 'Rules' }).click()
        const gone = page.getByRole('combobox', { name: 'What happens when a record is gone from the source' })
        await gone.selectOption('set')
      },
    },
    { name: 'passphrase', address: '/unlock' },
    { name: 'runs', address: '/runs' },
    { name: 'run', address: `/runs/${run}` },
    { name: 'needs attention', address: '/attention' },
    { name: 'settings', address: '/settings' },
    {
      name: 'command palette',
      address: '/settings',
      open: async (page) => {
        await page.keyboard.press('Control+k')
        await page.getByRole('listbox').waitFor()
      },
    },
    {
      name: 'shortcuts',
      address: '/settings',
      open: (page) => page.getByRole('button', { name: 'Show all shortcuts' }).click(),
    },
  ]
}

async function goTo(page: Page, { address, open }: Place): Promise<void> {
  // By way of another screen, so that nothing of the last place is left.
  await page.goto(`${new URL(page.url()).origin}/#/nowhere`)
  await page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor()
  await page.goto(`${new URL(page.url()).origin}/#${address}`)
  await settle(page)
  if (!open) return
  await open(page)
  // Dialogs and drawers slide in; contrast is only right when they stand.
  await page.waitForTimeout(350)
  await settle(page)
}

async function settle(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.querySelector('[role=status][aria-label=Loading]') === null)
}

async function findings(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

async function widthFindings(page: Page): Promise<readonly string[]> {
  const extraPx = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  return extraPx > 0 ? [`${extraPx} px too wide`] : []
}

async function openWindow(page: Page): Promise<void> {
  if (!host) throw new Error('the host was not started')
  await page.goto(await host.newLink())
  await page.locator('h1').first().waitFor()
}

/** The sample business, set up and run once. */
test.beforeAll(async ({ browser }) => {
  // 600 records are compared with what the CRM holds, at the pace it allows.
  test.setTimeout(90_000)
  host = await startRealHost()
  const page = await browser.newPage()
  await page.goto(host.link)
  await page.getByRole('button', { name: 'Start the sample business' }).click()
  await page.getByRole('link', { name: 'Customer list into the CRM' }).click()
  await page.getByRole('heading', { level: 1, name: 'Customer list into the CRM' }).waitFor()
  integration = idIn(page.url())
  connection = idIn((await page.getByRole('link', { name: /CRM/ }).last().getAttribute('href')) ?? '')
  await page.getByRole('button', { name: 'Make the first plan' }).click()
  await page.getByRole('button', { name: 'Approve and run' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Approve and run' }).click()
  await expect(page.getByRole('heading', { name: 'Where the time went' })).toBeVisible({ timeout: 30_000 })
  run = idIn(page.url())
  await page.getByRole('button', { name: 'Undo this run' }).click()
  await page.getByRole('button', { name: 'Undo these records' }).waitFor({ timeout: 30_000 })
  undo = idIn(page.url())
  await page.goto(`${new URL(page.url()).origin}/#/integrations`)
  await page.getByRole('link', { name: 'CRM contacts into the office database' }).click()
  await page.getByRole('button', { name: 'Make the first plan' }).click()
  await page.getByRole('button', { name: 'Approve and run' }).waitFor()
  plan = idIn(page.url())
  await page.close()
})

function idIn(address: string): string {
  return decodeURIComponent(/(?:integrations|connections|plans|runs)\/([^/?]+)/.exec(address)?.[1] ?? '')
}

const looks = [
  { name: 'in light colours', use: { colorScheme: 'light' as const } },
  { name: 'in dark colours', use: { colorScheme: 'dark' as const } },
  { name: 'in forced colours', use: { forcedColors: 'active' as const } },
  { name: 'at 200 % zoom', use: { viewport: { width: 640, height: 450 } } },
]

for (const look of looks) {
  test.describe(look.name, () => {
    const { forcedColors, ...use } = { forcedColors: null, ...look.use }
    test.use({ ...use, contextOptions: { forcedColors } })
    test(`every screen and dialog keeps the rules ${look.name}`, async ({ page }) => {
      await openWindow(page)
      const found: string[] = []
      for (const place of places()) {
        await goTo(page, place)
        const all = [...(await findings(page)), ...(await widthFindings(page))]
        found.push(...all.map((finding) => `${place.name}: ${finding}`))
      }
      expect(found).toEqual([])
    })
  })
}

test.describe('at 320 px', () => {
  test.use({ viewport: { width: 320, height: 640 } })
  test('no screen and no dialog needs sideways scrolling', async ({ page }) => {
    await openWindow(page)
    const found: string[] = []
    for (const place of places()) {
      await goTo(page, place)
      found.push(...(await widthFindings(page)).map((finding) => `${place.name}: ${finding}`))
    }
    expect(found).toEqual([])
  })
})
