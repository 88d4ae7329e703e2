/** Static checks of the built app. Each answers what it found wrong; nothing: all is well. */
import { gzipSync } from 'node:zlib'
import { type BuiltApp, graphOf, type Node, nodesOf, stringsOf } from './built-app.ts'

export type Findings = readonly string[]

/** Scripts that a window or Electron's main process runs. */
function windowSide(app: BuiltApp): readonly (readonly [string, string])[] {
  const main = graphOf(app, 'main/index.js').scripts
  return [...app].filter(([name]) => main.includes(name) || /^(preload|renderer)\/.*js$/.test(name))
}

/** CommonJS, one file, and of Electron only what hands a page its functions. */
export function preloadFindings(app: BuiltApp): Findings {
  const scripts = [...app.keys()].filter((name) => name.startsWith('preload/'))
  const code = app.get('preload/index.cjs') ?? ''
  const required = [...code.matchAll(/\brequire\(([^)]*)\)/g)].map((match) => match[1])
  const used = [...code.matchAll(/\belectron\.(\w+)/g)].map((match) => match[1] ?? '')
  return [
    ...scripts.filter((name) => name !== 'preload/index.cjs'),
    ...(/^\s*(import|export)\b/m.test(code) ? ['it is an ES module'] : []),
    ...required.filter((name) => name !== '"electron"').map((name) => `it requires ${name}`),
    ...used.filter((name) => !['contextBridge', 'ipcRenderer'].includes(name)).map((name) => `it uses ${name}`),
    ...(code.length > 4_000 ? [`it has ${code.length} letters`] : []),
  ]
}

const coreRooms = /src\/main\/(store|engine|vault|scheduler|connectors|connector-kit|features|use-cases|practice)\//

/** The main process carries messages; nothing of the core and nothing native is loaded there. */
export function mainProcessFindings(app: BuiltApp): Findings {
  const { scripts, packages } = graphOf(app, 'main/index.js')
  const rooms = scripts.filter((name) => coreRooms.test(app.get(name) ?? ''))
  return [...rooms, ...packages.filter((name) => name !== 'electron' && !name.startsWith('node:'))]
}

/** What runs under plain Node, or as a helper, must not ask for Electron: loading it there starts a download. */
export function plainNodeFindings(app: BuiltApp): Findings {
  const entries = [...app.keys()].filter((name) => /^main\/[\w-]+\.js$/.test(name) && name !== 'main/index.js')
  return entries.filter((name) => graphOf(app, name).packages.includes('electron'))
}

/** Names of XML and the address React shows in its errors: never asked for. */
const namesOnly = ['http://www.w3.org/', 'https://react.dev/errors/']

/** No address of another computer in what a window runs. */
export function remoteFindings(app: BuiltApp): Findings {
  const remote = windowSide(app).flatMap(([name, code]) =>
    stringsOf(code)
      .filter((text) => /^(https?|wss?):\/\/\w/.test(text) && !namesOnly.some((known) => text.startsWith(known)))
      .map((text) => `${name}: ${text}`),
  )
  const pages = [...app].filter(
    ([name, text]) => /\.(html|css)$/.test(name) && /(src|href)="?https?:|url\(["']?https?:/.test(text),
  )
  return [...remote, ...pages.map(([name]) => name)]
}

const wanted: Readonly<Record<string, boolean>> = {
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
}
const unwanted = ['enableBlinkFeatures', 'bypassCSP', 'allowServiceWorkers', 'corsEnabled']

/** Options of windows and schemes, wherever they stand. */
export function optionFindings(app: BuiltApp): Findings {
  return graphOf(app, 'main/index.js').scripts.flatMap((name) =>
    nodesOf(app.get(name) ?? '').flatMap((node) => {
      if (node.type !== 'Property') return []
      const key = nameOf(node.key)
      const isWrong = key in wanted && literalOf(node.value) !== wanted[key]
      return isWrong || unwanted.includes(key) ? [`${name}: ${key}`] : []
    }),
  )
}

/** ESTree: keys and callees are identifiers or literals. */
function nameOf(key: unknown): string {
  const { name, value } = (key ?? {}) as Node
  return String(name ?? value ?? '')
}

function literalOf(value: unknown): unknown {
  const node = value as Node
  if (node.type !== 'UnaryExpression' || node.operator !== '!') return node.value
  return !(node.argument as Node).value
}

const switches =
  /no-sandbox|disable-web-security|ignore-certificate-errors|NODE_TLS_REJECT_UNAUTHORIZED|setCertificateVerifyProc|remote-debugging|<webview/

/** Nothing that switches a protection off, of Chromium or of TLS. */
export function switchFindings(app: BuiltApp): Findings {
  return windowSide(app).flatMap(([name, code]) => (switches.test(code) ? [name] : []))
}

/** Nothing that makes code of a text. The rules of the page would stop it; this finds it before. */
export function evalFindings(app: BuiltApp): Findings {
  return windowSide(app).flatMap(([name, code]) =>
    nodesOf(code).flatMap(({ type, callee }) => {
      const called = nameOf(callee)
      const makesCode = (type === 'NewExpression' || type === 'CallExpression') && ['Function', 'eval'].includes(called)
      return makesCode ? [`${name}: ${called}`] : []
    }),
  )
}

/** The page has a place for the nonce, no script of its own, and nothing inline. */
export function pageFindings(app: BuiltApp): Findings {
  const page = app.get('renderer/index.html') ?? ''
  return [
    ...(page.includes('content="__STYLE_NONCE__"') ? [] : ['no place for the nonce']),
    ...(/<script(?![^>]*\bsrc=)/.test(page) ? ['an inline script'] : []),
    ...(/<style|\sstyle=/.test(page) ? ['an inline style'] : []),
    ...(/\son\w+=/.test(page) ? ['an inline handler'] : []),
  ]
}

/** Bytes as they would travel; the limits are those of docs/performance.md and of what stands there now. */
export function sizesOf(app: BuiltApp): { mainProcess: number; firstPaint: number; preload: number } {
  const size = (names: readonly string[]): number => names.reduce((sum, name) => sum + (app.get(name) ?? '').length, 0)
  const page = app.get('renderer/index.html') ?? ''
  const first = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map((match) => `renderer/${match[1]}`)
  return {
    mainProcess: size(graphOf(app, 'main/index.js').scripts),
    firstPaint: first.reduce((sum, name) => sum + gzipSync(app.get(name) ?? '').length, 0),
    preload: size(['preload/index.cjs']),
  }
}
