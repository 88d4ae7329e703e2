/** The first start on a computer without a keychain: a passphrase is chosen, and the sample business starts at the second try. */
import { expect, test } from './support/real-window.ts'

test.describe.configure({ timeout: 60_000 })

// Other systems always have a keychain, so nobody is asked there.
const onLinux = process.platform === 'linux' ? test : () => undefined

onLinux('a person without a keychain is led to a passphrase and on to the sample business', async ({ openReal }) => {
  const { page } = await openReal('not chosen yet')
  await page.getByRole('button', { name: 'Start the sample business' }).click()
  await expect(page.getByText(/the vault needs a passphrase/)).toBeVisible({ timeout: 20_000 })
  await page.getByRole('link', { name: 'Choose a passphrase' }).click()
  await page.getByLabel('New passphrase').fill('correct horse battery staple')
  await page.getByLabel('The same once more').fill('correct horse battery staple')
  await page.getByRole('button', { name: 'Protect my keys' }).click()
  await page.getByRole('link', { name: 'Home' }).click()
  await page
    .getByRole('button', { name: /sample business/ })
    .first()
    .click()
  await expect(page.getByRole('link', { name: 'Customer list into the CRM' })).toBeVisible({ timeout: 30_000 })
})
