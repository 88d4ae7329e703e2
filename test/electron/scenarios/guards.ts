/** What keeps pages in: everything the security checklist asks for that shows itself while the app runs. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ipcMain } from '#test/support/fake-electron/ipc.ts'
import { answers, record } from '#test/support/fake-electron/record.ts'
import { type FakeSession, sessions } from '#test/support/fake-electron/session.ts'
import { type FakeContents, FakeWindow } from '#test/support/fake-electron/window.ts'
import { builtIndex, untilWindow } from '../scenario-kit.ts'

const foreign = [
  'https://evil.example/',
  'http://127.0.0.1:4717/',
  'app://patchbay.evil/',
  'app://patchbay@evil/',
  'app://patchbay:80/',
  'app://evil/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'about:blank',
  'nonsense',
]

export async function run(): Promise<object> {
  const window = await untilWindow()
  const { webContents: contents, options } = window
  const other = new FakeWindow({ webPreferences: {} })
  const own = sessions.get('persist:patchbay')
  if (!own) throw new Error('the window has no session of its own')
  const { preload: _path, session: _session, ...preferences } = options.webPreferences
  return {
    beforeReady: record.beforeReady,
    isSandboxed: record.isSandboxed,
    privileges: record.privileges,
    preferences,
    loaded: window.loads,
    left: leaving(contents),
    otherLeft: leaving(other.webContents),
    webview: isPrevented(contents, 'will-attach-webview', ''),
    popups: await popups(contents),
    sessions: [...sessions].map(([name, session]) => [name, permissionsOf(session)]),
    downloads: [...sessions.values()].map(downloadIsPrevented),
    network: [
      'https://evil.example/',
      'http://127.0.0.1/',
      'wss://evil.example/',
      'file:///etc/passwd',
      'app://evil/x',
      'app://patchbay/x',
    ].filter((url) => passes(own, url)),
    exposed: exposedBy(contents),
    eventArguments: argumentsOfEvents(contents),
    senders: await senders(window, other),
    files: await files(own),
    isOwnSession: options.webPreferences.session === own,
    defaultIsUnused: sessions.get('')?.schemes.size === 0,
  }
}

function leaving(contents: FakeContents): object {
  const left = (name: string): readonly string[] =>
    [...foreign, 'app://patchbay/runs'].filter((url) => !isPrevented(contents, name, url))
  return { navigate: left('will-navigate'), redirect: left('will-redirect'), frame: left('will-frame-navigate') }
}

function isPrevented(contents: FakeContents, name: string, url: string): boolean {
  let is = false
  contents.emit(name, { url, preventDefault: () => (is = true) })
  return is
}

/** No window opens; a page of the web opens in the browser only when the person says so. */
async function popups(contents: FakeContents): Promise<object> {
  const long = `https://good.example/${'x'.repeat(3_000)}`
  const open = async (urls: readonly string[]): Promise<readonly string[]> => {
    const actions = urls.map((url) => contents.openHandler?.({ url }).action ?? 'none')
    await new Promise((resolve) => setTimeout(resolve, 10))
    return [...new Set(actions)]
  }
  const hostile = [
    ...foreign.slice(1),
    'https://user@evil.example/',
    'http://good.example/',
    'mailto:a@b.example',
    long,
  ]
  answers.button = 1
  const denied = await open([...hostile, 'https://good.example/a'])
  const refused = [...record.opened]
  answers.button = 0
  await open([...hostile, 'https://good.example/a'])
  return { denied, refused, opened: record.opened }
}

/** Every permission Electron knows, from its own types: which of them a page of ours, and a foreign one, would get. */
function permissionsOf(session: FakeSession): object {
  const granted = (requestingUrl: string): readonly string[] =>
    permissionNames().filter((permission) => {
      let is = false
      session.permissionRequest?.(null, permission, (answer) => (is = answer), { requestingUrl })
      return is || session.permissionCheck?.(null, permission, requestingUrl, { requestingUrl }) !== false
    })
  return { ours: granted('app://patchbay/'), theirs: granted('https://evil.example/'), device: session.device?.() }
}

function permissionNames(): readonly string[] {
  const types = readFileSync(join(builtIndex, '../../../node_modules/electron/electron.d.ts'), 'utf8')
  const handlers = types.match(/setPermission(?:Request|Check)Handler\([^\n]*/g) ?? []
  const names = handlers.flatMap((text) => [...(text.match(/permission: ([^,)]*)/)?.[1] ?? '').matchAll(/'([\w-]+)'/g)])
  const found = [...new Set(names.map((match) => match[1] ?? ''))]
  if (found.length < 15) throw new Error(`only ${found.length} permissions were found in the types`)
  return found
}

function downloadIsPrevented(session: FakeSession): boolean {
  let is = false
  session.emit('will-download', { preventDefault: () => (is = true) })
  return is
}

function passes(session: FakeSession, url: string): boolean {
  let is = true
  session.beforeRequest?.({ url }, ({ cancel }) => (is = cancel !== true))
  return is
}

/** A call and a message, as each of these senders: what is answered, and whether the core was reached. */
async function senders(window: FakeWindow, other: FakeWindow): Promise<object> {
  const frame = window.webContents.mainFrame
  const sender = window.webContents
  const shapes = {
    ours: { sender, senderFrame: frame },
    'no frame': { sender, senderFrame: null },
    'a frame in the page': { sender, senderFrame: { ...frame, parent: frame } },
    'a frame that is gone': { sender, senderFrame: { ...frame, detached: true } },
    'a page of the web': { sender, senderFrame: { ...frame, url: 'https://evil.example/' } },
    'a look-alike': { sender, senderFrame: { ...frame, url: 'app://patchbay.evil/' } },
    'an empty page': { sender, senderFrame: { ...frame, url: 'about:blank' } },
    'another window': { sender: other.webContents, senderFrame: frame },
  }
  const seen: Record<string, unknown> = {}
  for (const [name, by] of Object.entries(shapes)) {
    let answered = 0
    by.sender.toPage = () => (answered += 1)
    const envelope = (await ipcMain.invoke('patchbay:desktop', by, ['no-such-call', {}])) as { error: { code: string } } // Never ok.
    ipcMain.emit('patchbay:core', by, { kind: 'page-loaded', id: 0 })
    ipcMain.emit('patchbay:core', by, { kind: 'call', id: 1, name: 'runs.list', input: {} })
    await new Promise((resolve) => setTimeout(resolve, name === 'ours' ? 500 : 100))
    seen[name] = [envelope.error.code, answered]
  }
  return seen
}

/** Everything a page can reach through what the preload exposes, by path. */
function exposedBy(contents: FakeContents): readonly string[] {
  const paths: string[] = []
  const walk = (value: unknown, path: string): void => {
    paths.push(`${path}: ${typeof value}`)
    if (typeof value !== 'object' || value === null) return
    for (const [name, part] of Object.entries(value)) walk(part, `${path}.${name}`)
  }
  for (const [name, value] of Object.entries(contents.exposed)) walk(value, name)
  return paths
}

/** What a listener of the page is called with: the message alone, never Electron's event. */
function argumentsOfEvents(contents: FakeContents): unknown {
  let seen: unknown
  const { onMessage } = contents.exposed.patchbay as { onMessage: (listener: (...all: unknown[]) => void) => void } // Walked above.
  onMessage((...all) => {
    seen = all
  })
  contents.send('patchbay:core', { kind: 'test' })
  return seen
}

async function files(session: FakeSession): Promise<object> {
  const ask = async (path: string, method = 'GET'): Promise<Response | undefined> => {
    // A Request would tidy the address up; Electron hands over what Chromium made of it.
    return session.schemes.get('app')?.({ url: path, method } as Request)
  }
  const start = await ask('app://patchbay/')
  const again = await ask('app://patchbay/index.html')
  const climbing = [
    '..%2f..%2fpackage.json',
    '..%5c..%5cpackage.json',
    '%2e%2e/main/index.js',
    '%ff',
    'x/../../main/index.js',
    '.',
  ]
  const answered = climbing.map(async (path) => [path, (await ask(`app://patchbay/${path}`))?.status])
  const [asset = ''] = readdirSync(join(builtIndex, '../../renderer/assets')).filter((name) => name.endsWith('.js'))
  const page = (await start?.text()) ?? ''
  const policy = start?.headers.get('content-security-policy') ?? ''
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none'
  return {
    policy: policy.replace(nonce, 'N'),
    isNonceInPage: page.includes(nonce) && !page.includes('__STYLE_NONCE__'),
    isNonceFresh: again?.headers.get('content-security-policy') !== policy,
    headers: Object.fromEntries([...(start?.headers ?? [])].filter(([name]) => name !== 'content-security-policy')),
    asset: (await ask(`app://patchbay/assets/${asset}`))?.headers.get('content-type'),
    climbing: await Promise.all(answered),
    otherHosts: [(await ask('app://evil/'))?.status, (await ask('app://patchbay@evil/'))?.status],
    methods: [(await ask('app://patchbay/', 'POST'))?.status, (await ask('app://patchbay/', 'HEAD'))?.status],
  }
}
