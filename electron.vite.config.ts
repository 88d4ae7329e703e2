/** Builds the app: main (both hosts, the command line, the workers), preload and renderer. Practice services are entries of their own. */
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const at = (path: string): string => resolve(import.meta.dirname, path)

export default defineConfig({
  main: {
    build: {
      sourcemap: true,
      // Bundled, so that only what is used of it is loaded, in each of the threads.
      externalizeDeps: { exclude: ['zod'] },
      rolldownOptions: {
        input: {
          index: at('src/main/electron/index.ts'),
          headless: at('src/main/headless/main.ts'),
          cli: at('src/main/headless/cli/main.ts'),
          'core-worker': at('src/main/app/core-worker.ts'),
          'core-utility': at('src/main/app/core-utility.ts'),
          'calculator-worker': at('src/main/app/calculator/calculator-worker.ts'),
          'keychain-child': at('src/main/vault/keychain-child.ts'),
          'practice-crm': at('src/main/practice/crm/serve.ts'),
          'practice-books': at('src/main/practice/books/serve.ts'),
          'practice-list': at('src/main/practice/list/serve.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      // Sandboxed preloads are one CommonJS file: https://www.electronjs.org/docs/latest/tutorial/sandbox (read 2026-11).
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [react()],
    build: {
      minify: true,
      assetsInlineLimit: 0,
      sourcemap: 'hidden',
      rolldownOptions: { input: { index: at('src/renderer/index.html') } },
    },
  },
})
