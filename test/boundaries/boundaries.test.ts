import { describe, expect, it } from 'vitest'
import { projectSource, type SourceFile, sourceFiles, violations } from './imports.ts'

function fileOf(path: string, target: string): SourceFile {
  return { path, text: `import { x } from '${target}'\n` }
}

describe('boundaries between rooms', () => {
  it('hold in the whole source', () => {
    expect(violations(sourceFiles(projectSource))).toEqual([])
  })

  const forbidden: readonly (readonly [string, string])[] = [
    ['main/connectors/rest/index.ts', '#main/connectors/files/index.ts'],
    ['main/connectors/practice-crm/index.ts', '#main/practice/crm/serve.ts'],
    ['main/practice/crm/serve.ts', '#main/connectors/practice-crm/index.ts'],
    ['main/connectors/practice-books/index.ts', '#main/practice/books/money.ts'],
    ['main/connectors/practice-list/index.ts', '#main/connectors/practice-books/refusals.ts'],
    ['main/practice/list/serve.ts', '#main/practice/books/money.ts'],
    ['main/features/runs/procedures.ts', '#main/features/connections/procedures.ts'],
    ['main/features/runs/procedures.ts', '../connections/procedures.ts'],
    ['main/engine/plan-page.ts', '#main/store/open-store.ts'],
    ['main/engine/plan-page.ts', 'better-sqlite3'],
    ['main/rpc/dispatch.ts', '#main/connectors/rest/index.ts'],
    ['main/headless/serve.ts', '#main/electron/boot.ts'],
    ['main/headless/serve.ts', 'electron'],
    ['main/headless/serve.ts', '#main/store/open-store.ts'],
    ['shared/money.ts', 'node:fs'],
    ['shared/money.ts', '#main/engine/plan-page.ts'],
    ['renderer/features/runs/run-list.tsx', '#renderer/features/home/home.tsx'],
    ['renderer/features/runs/run-list.tsx', 'node:path'],
    ['renderer/ui/table.tsx', '#renderer/rpc/client.ts'],
    ['main/vault/open-vault.ts', '#main/store/open-store.ts'],
    ['loose.ts', 'zod'],
    ['main/engine/x.ts', '#test/support/temp-folder.ts'],
  ]
  for (const [path, target] of forbidden) {
    it(`refuse ${path} importing ${target}`, () => {
      expect(violations([fileOf(path, target)])).toHaveLength(1)
    })
  }

  const allowed: readonly (readonly [string, string])[] = [
    ['main/connectors/rest/index.ts', '#main/connector-kit/http.ts'],
    ['main/connectors/rest/index.ts', './prepare-write.ts'],
    ['main/app/core.ts', '#main/connectors/rest/index.ts'],
    ['main/features/runs/procedures.ts', '#main/use-cases/integration-runs.ts'],
    ['main/store/open-store.ts', 'better-sqlite3'],
    ['shared/mapping/steps.ts', 'libphonenumber-js/min'],
  ]
  for (const [path, target] of allowed) {
    it(`let ${path} import ${target}`, () => {
      expect(violations([fileOf(path, target)])).toEqual([])
    })
  }
})
