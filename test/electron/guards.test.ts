/** The security checklist of Electron, as far as it shows while the app runs. The twins take the defences out of the bundle. */
import { beforeAll, describe, expect, it } from 'vitest'
import { bootBundle } from './boot-bundle.ts'

type Facts = Awaited<ReturnType<typeof bootBundle>>

const ownPage = ['app://patchbay/runs']
const nothing = { ours: [], theirs: [], device: false }
const securePreferences = {
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
  spellcheck: false,
  devTools: false,
}
const refused = ['sender-not-trusted', 0]

interface Defence {
  readonly item: string
  readonly fact: (facts: Facts) => unknown
  readonly wanted: unknown
  /** What takes it out of the built bundle. */
  readonly without: readonly [string, string]
}

const preference = (item: string, name: keyof typeof securePreferences): Defence => ({
  item,
  fact: ({ preferences }) => preferences[name],
  wanted: securePreferences[name],
  without: [`\t${name}: ${securePreferences[name]}`, `\t${name}: ${!securePreferences[name]}`],
})

const sender = (item: string, name: string, without: readonly [string, string]): Defence => ({
  item,
  fact: ({ senders }) => senders[name],
  wanted: refused,
  without,
})

/** The numbers are those of https://www.electronjs.org/docs/latest/tutorial/security (read 2026-11). */
const defences: readonly Defence[] = [
  {
    item: '1 only the own scheme is loaded, the session has no network',
    fact: ({ loaded, network }) => ({ loaded, network }),
    wanted: { loaded: ['app://patchbay/#/'], network: ['app://patchbay/x'] },
    without: ['cancel: !isAllowedRequest(url)', 'cancel: false'],
  },
  preference('2 no Node in pages', 'nodeIntegration'),
  preference('2 no Node in workers', 'nodeIntegrationInWorker'),
  preference('2 no Node in frames', 'nodeIntegrationInSubFrames'),
  preference('3 context isolation', 'contextIsolation'),
  preference('4 sandbox of the window', 'sandbox'),
  {
    item: '4 sandbox of every process, before ready',
    fact: ({ isSandboxed }) => isSandboxed,
    wanted: true,
    without: ['app.enableSandbox();', ''],
  },
  {
    item: '5 permissions on request',
    fact: ({ sessions }) => sessions.map(([, { ours, theirs }]: [string, typeof nothing]) => [ours, theirs]),
    wanted: [
      [['clipboard-sanitized-write'], []],
      [['clipboard-sanitized-write'], []],
    ],
    without: ['answer(allowedPermissions.has(permission) && isOwnAddress(requestingUrl))', 'answer(true)'],
  },
  {
    item: '5 devices',
    fact: ({ sessions }) => sessions.map(([, { device }]: [string, typeof nothing]) => device),
    wanted: [false, false],
    without: ['setDevicePermissionHandler(() => false)', 'setDevicePermissionHandler(() => true)'],
  },
  preference('6 webSecurity', 'webSecurity'),
  {
    item: '7 content rules of the page',
    fact: ({ files }) => [files.policy, files.isNonceInPage, files.isNonceFresh],
    wanted: [
      "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-N'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types default",
      true,
      true,
    ],
    without: [`"script-src 'self'"`, `"script-src 'self' 'unsafe-inline'"`],
  },
  preference('8 no insecure content', 'allowRunningInsecureContent'),
  preference('9 no experiments', 'experimentalFeatures'),
  {
    item: '10 no Blink features, nothing unknown among the preferences',
    fact: ({ preferences }) => Object.keys(preferences).sort(),
    wanted: Object.keys(securePreferences).sort(),
    without: ['...securePreferences,', '...securePreferences, enableBlinkFeatures: "X",'],
  },
  preference('11 no webview tag', 'webviewTag'),
  {
    item: '12 a webview is not attached',
    fact: ({ webview }) => webview,
    wanted: true,
    without: ['contents.on("will-attach-webview", (event) => event.preventDefault());', ''],
  },
  {
    item: '13 navigation',
    fact: ({ left, otherLeft }) => [left, otherLeft],
    wanted: [0, 1].map(() => ({ navigate: ownPage, redirect: ownPage, frame: ownPage })),
    without: ['if (!isOwnAddress(leaving.url)) leaving.preventDefault();', ''],
  },
  {
    item: '14 no new windows',
    fact: ({ popups }) => popups.denied,
    wanted: ['deny'],
    without: ['return { action: "deny" };', 'return { action: "allow" };'],
  },
  {
    item: '15 only https, and only when the person says so, opens in the browser',
    fact: ({ popups }) => [popups.refused, popups.opened],
    wanted: [[], ['https://good.example/a']],
    without: ['address.protocol === "https:"', 'address.protocol !== "x:"'],
  },
  sender('17 senders: no frame', 'no frame', ['if (!frame || ', 'if (!frame) return true;\n\tif (']),
  sender('17 senders: a frame in the page', 'a frame in the page', ['frame.parent !== null', 'false']),
  sender('17 senders: a frame that is gone', 'a frame that is gone', ['|| frame.detached', '']),
  sender('17 senders: a page of the web', 'a page of the web', ['isOwnAddress(frame.url)', 'true']),
  sender('17 senders: another window', 'another window', ['&& isOurs(sender)', '']),
  {
    item: '18 no file protocol, and no powers for the own one',
    fact: ({ privileges, defaultIsUnused }) => [privileges, defaultIsUnused],
    wanted: [[{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }], true],
    without: ['supportFetchAPI: true', 'supportFetchAPI: true, bypassCSP: true'],
  },
  {
    item: 'developer tools only from the sources',
    fact: ({ preferences }) => preferences.devTools,
    wanted: false,
    without: ['!app.isPackaged', 'true'],
  },
  preference('nothing dropped is opened', 'navigateOnDragDrop'),
  preference('no dictionaries from the network', 'spellcheck'),
  {
    item: 'no downloads',
    fact: ({ downloads }) => downloads,
    wanted: [true, true],
    without: ['session.on("will-download", (event) => event.preventDefault());', ''],
  },
]

let facts: Facts
beforeAll(async () => {
  facts = await bootBundle('guards')
}, 60_000)

describe('a page of the Electron host', () => {
  for (const { item, fact, wanted } of defences) it(item, () => expect(fact(facts)).toEqual(wanted))

  it('20 is given five functions, and events without the event of Electron', () => {
    expect(facts.exposed).toEqual([
      'patchbay: object',
      'patchbay.post: function',
      'patchbay.onMessage: function',
      'patchbay.saveText: function',
      'patchbay.savePageAsPdf: function',
      'patchbay.choosePath: function',
    ])
    expect(facts.eventArguments).toEqual([{ kind: 'test' }])
  })

  it('is answered when it is our own', () => expect(facts.senders.ours).toEqual(['unknown-desktop-call', 1]))

  it('cannot climb out of the files of the window, by whatever name', () => {
    const { climbing, otherHosts, methods, asset, headers } = facts.files
    // '.' is tidied away before anything looks at it: the start page.
    expect(climbing.map(([, status]: [string, number]) => status)).toEqual([404, 404, 404, 404, 404, 200])
    expect([otherHosts, methods, asset]).toEqual([[404, 404], [405, 200], 'text/javascript; charset=utf-8'])
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
  })
})

describe('without a defence in the bundle', () => {
  let open: Facts
  beforeAll(async () => {
    open = await bootBundle('guards', { changes: defences.map(({ without }) => without) })
  }, 60_000)

  for (const { item, fact, wanted } of defences)
    it(`the test of "${item}" fails`, () => expect(fact(open)).not.toEqual(wanted))
})
