import { describe, expect, it } from 'vitest'
import { changedApp, readBuiltApp } from './built-app.ts'
import {
  evalFindings,
  type Findings,
  mainProcessFindings,
  optionFindings,
  pageFindings,
  plainNodeFindings,
  preloadFindings,
  remoteFindings,
  sizesOf,
  switchFindings,
} from './built-checks.ts'

const app = readBuiltApp()

interface Check {
  readonly what: string
  readonly find: (app: ReturnType<typeof readBuiltApp>) => Findings
  /** Changes of the built texts that it must find: a file, a text in it, what stands there instead. */
  readonly twins: readonly (readonly [RegExp, string, string])[]
}

const boot = /^main\/chunks\/boot-/
const preload = /^preload/
const page = /index\.html$/
const script = /^renderer\/assets\/.*\.js$/
const anyText = 'function'

const checks: readonly Check[] = [
  {
    what: 'the preload is one CommonJS file that takes two things of Electron',
    find: preloadFindings,
    twins: [
      [preload, 'let electron', 'import "zod";\nlet electron'],
      [preload, 'require("electron")', 'require("electron"), fs = require("fs")'],
      [preload, 'electron.contextBridge', 'electron.webFrame, electron.contextBridge'],
    ],
  },
  {
    what: 'the main process loads nothing of the core',
    find: mainProcessFindings,
    twins: [
      [boot, 'import { basename', 'import "better-sqlite3";\nimport { basename'],
      [boot, 'import { basename', 'import "../core-utility.js";\nimport { basename'],
      [boot, '// src/main/electron/tray.ts', '// src/main/store/open-store.ts'],
    ],
  },
  {
    what: 'what runs under Node does not ask for Electron',
    find: plainNodeFindings,
    twins: [
      [/^main\/headless\.js$/, 'if (', 'import("electron");\nif ('],
      [/^main\/core-utility\.js$/, 'import', 'import "./index.js";\nimport'],
    ],
  },
  {
    what: 'no address of another computer',
    find: remoteFindings,
    twins: [
      [script, anyText, 'fetch("https://evil.example/");function'],
      [boot, anyText, 'fetch(`https://evil.example/`);function'],
      [page, '<script', '<script src="https://evil.example/x.js"></script><script'],
    ],
  },
  {
    what: 'options of windows and schemes',
    find: optionFindings,
    twins: [
      [boot, 'nodeIntegration: false', 'nodeIntegration: true'],
      [boot, 'contextIsolation: true', 'contextIsolation: !1'],
      [boot, 'sandbox: true', 'sandbox: isPackaged'],
      [boot, 'webSecurity: true', 'webSecurity: false'],
      [boot, 'webviewTag: false', 'webviewTag: true'],
      [boot, 'spellcheck: false', 'spellcheck: false, enableBlinkFeatures: "x"'],
      [/^main\/chunks/, 'supportFetchAPI: true', 'supportFetchAPI: true, bypassCSP: true'],
    ],
  },
  {
    what: 'no switch that turns a protection off',
    find: switchFindings,
    twins: [
      [boot, anyText, 'app.commandLine.appendSwitch("no-sandbox");function'],
      [boot, anyText, 'process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";function'],
      [script, anyText, 'const x = "<webview>";function'],
    ],
  },
  {
    what: 'nothing makes code of a text',
    find: evalFindings,
    twins: [
      [script, anyText, 'eval("1");function'],
      [boot, anyText, 'new Function("return 1");function'],
    ],
  },
  {
    what: 'the page holds nothing inline and has a place for the nonce',
    find: pageFindings,
    twins: [
      [page, '</head>', '<script>1</script></head>'],
      [page, '</head>', '<style>a{}</style></head>'],
      [page, '<body', '<body onload="1"'],
      [page, '__STYLE_NONCE__', ''],
    ],
  },
]

describe('the built app', () => {
  for (const { what, find, twins } of checks) {
    it(what, () => expect(find(app)).toEqual([]))

    it(`${what}: found when it is not so`, () => {
      for (const [path, from, to] of twins) expect(find(changedApp(app, path, from, to)), to).not.toEqual([])
    })
  }

  it('is small: what the main process loads, what a page needs for its first paint, the preload', () => {
    const { mainProcess, firstPaint, preload: preloadSize } = sizesOf(app)
    expect(mainProcess).toBeGreaterThan(20_000)
    expect(mainProcess).toBeLessThan(300_000)
    expect(firstPaint).toBeGreaterThan(50_000)
    expect(firstPaint).toBeLessThan(250_000)
    expect(preloadSize).toBeLessThan(2_000)
  })
})
