/** Builds the window once for all browser tests, with the same settings as the product, into a folder of the tests. */
import { resolve } from 'node:path'
import { build } from 'vite'
import config from '../../../electron.vite.config.ts'

export const rendererFolder = resolve(import.meta.dirname, '../../../node_modules/.cache/e2e-renderer')

export async function buildRenderer(): Promise<void> {
  const settings = typeof config === 'object' && 'renderer' in config ? config.renderer : undefined
  if (!settings) throw new Error('electron.vite.config.ts has no renderer part')
  await build({
    ...settings,
    configFile: false,
    base: './',
    logLevel: 'warn',
    build: { ...settings.build, outDir: rendererFolder, emptyOutDir: true },
  })
}
