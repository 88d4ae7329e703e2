/** The guards of the window hold, and the watch over the browser notices when they do not. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { rendererFolder } from './support/build-renderer.ts'
import { expect, test } from './support/window.ts'

test('markup made of text is refused', async ({ page, open, trouble }) => {
  trouble.expected.push(/require-trusted-types-for/, /TrustedHTML/)
  await open()
  const refusal = await page.evaluate(() => {
    try {
      document.body.innerHTML = '<img src=x>'
      return 'accepted'
    } catch (thrown) {
      return thrown instanceof Error ? thrown.name : 'refused'
    }
  })
  expect(refusal).toBe('TypeError')
})

const faults: readonly (readonly [string, string, RegExp])[] = [
  [
    'a style without the nonce',
    "const s = document.createElement('style'); s.textContent = 'b{}'; document.head.append(s)",
    /policy: style-src/,
  ],
  [
    'a script from elsewhere',
    "const i = document.createElement('img'); i.src = 'https://elsewhere.example/x.png'; document.body.append(i)",
    /policy: img-src/,
  ],
  ['a missing file of our own', "void fetch('/missing.js')", /request: 404 \/missing.js/],
  ['an uncaught error', "setTimeout(() => { throw new Error('lost') })", /error: lost/],
  ['a console error', "console.error('oops')", /console: oops/],
]
for (const [what, code, pattern] of faults) {
  test(`the watch notices ${what}`, async ({ page, open, trouble }) => {
    await open()
    await page.evaluate(code)
    await expect.poll(() => trouble.all.some((text) => pattern.test(text))).toBe(true)
    trouble.all.length = 0
    trouble.expected.push(/./)
  })
}

const firstPaintBudgetBytes = 250 * 1024

test('the scripts of the first paint stay within 250 KB', async ({ page, open }) => {
  const scripts = new Set<string>()
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (pathname.endsWith('.js')) scripts.add(pathname)
  })
  await open()
  const sizes = [...scripts].map((path) => gzipSync(readFileSync(join(rendererFolder, path))).length)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  test.info().annotations.push({
    type: 'first paint',
    description: `${scripts.size} scripts, ${Math.round(total / 1024)} KB gzip`,
  })
  expect(scripts.size).toBeGreaterThan(1)
  expect(total).toBeLessThan(firstPaintBudgetBytes)
})

test('no schema library is shipped to the window', () => {
  const folder = join(rendererFolder, 'assets')
  expect(existsSync(folder)).toBe(true)
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'))
  expect(scripts.filter((name) => readFileSync(join(folder, name), 'utf8').includes('ZodError'))).toEqual([])
})
