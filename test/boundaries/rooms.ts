/** Who may import whom: the table of docs/architecture.md as data. A room may always import itself. */
export interface Room {
  readonly name: string
  /** Folder prefix below src, with a trailing slash; `*` stands for one folder name that must stay the same room. */
  readonly folder: string
  readonly mayImport: readonly string[]
  /** Packages by name; undefined: any. */
  readonly packages?: readonly string[]
}

const pureLibraries = ['zod', 'libphonenumber-js', 'decimal.js', 'luxon', 're2js', 'croner']

export const rooms: readonly Room[] = [
  { name: 'shared', folder: 'shared/', mayImport: [], packages: pureLibraries },
  { name: 'preload', folder: 'preload/', mayImport: ['shared'] },
  { name: 'renderer/ui', folder: 'renderer/ui/', mayImport: ['shared'] },
  { name: 'renderer/rpc', folder: 'renderer/rpc/', mayImport: ['shared'] },
  {
    name: 'renderer/features/*',
    folder: 'renderer/features/*/',
    mayImport: ['renderer/ui', 'renderer/rpc', 'renderer/app/session', 'shared'],
  },
  {
    name: 'renderer/app',
    folder: 'renderer/app/',
    mayImport: ['renderer/ui', 'renderer/rpc', 'renderer/features/*', 'shared'],
  },
  { name: 'main/engine', folder: 'main/engine/', mayImport: ['shared'], packages: [] },
  { name: 'main/store', folder: 'main/store/', mayImport: ['main/engine', 'shared'] },
  { name: 'main/vault', folder: 'main/vault/', mayImport: ['main/engine', 'shared'] },
  { name: 'main/scheduler', folder: 'main/scheduler/', mayImport: ['main/engine', 'shared'] },
  { name: 'main/connector-kit', folder: 'main/connector-kit/', mayImport: ['shared'] },
  { name: 'main/connectors/*', folder: 'main/connectors/*/', mayImport: ['main/connector-kit', 'shared'] },
  { name: 'main/practice/kit', folder: 'main/practice/kit/', mayImport: ['shared'] },
  { name: 'main/practice/*', folder: 'main/practice/*/', mayImport: ['main/practice/kit', 'shared'] },
  {
    name: 'main/use-cases',
    folder: 'main/use-cases/',
    mayImport: ['main/engine', 'main/store', 'main/vault', 'main/scheduler', 'main/connector-kit', 'shared'],
  },
  {
    name: 'main/features/*',
    folder: 'main/features/*/',
    mayImport: [
      'main/engine',
      'main/store',
      'main/vault',
      'main/scheduler',
      'main/connector-kit',
      'main/use-cases',
      'main/rpc',
      'shared',
    ],
  },
  { name: 'main/rpc', folder: 'main/rpc/', mayImport: ['shared'] },
  {
    name: 'main/app',
    folder: 'main/app/',
    mayImport: [
      'main/engine',
      'main/store',
      'main/vault',
      'main/scheduler',
      'main/connector-kit',
      'main/connectors/*',
      'main/practice/kit',
      'main/practice/*',
      'main/use-cases',
      'main/features/*',
      'main/rpc',
      'shared',
    ],
  },
  { name: 'main/electron', folder: 'main/electron/', mayImport: ['main/app', 'main/rpc', 'shared'] },
  { name: 'main/headless', folder: 'main/headless/', mayImport: ['main/app', 'main/rpc', 'shared'] },
]

/** Packages that only these rooms may name. */
export const guardedPackages: Readonly<Record<string, readonly string[]>> = {
  electron: ['main/electron', 'preload'],
  'better-sqlite3': ['main/store', 'main/connectors/sqlite', 'main/practice'],
  '@napi-rs/keyring': ['main/vault'],
  jsonata: ['main/app'],
}
