import { describe, expect, it, vi } from 'vitest'
import { app, hosts, record, session } from '#test/support/fake-electron/electron.ts'
import { addressIn } from './host-address.ts'

vi.mock('electron', () => import('#test/support/fake-electron/electron.ts'))

describe('the Electron host', () => {
  it('boots sandboxed, starts the headless host and opens one hardened window at its address', async () => {
    await import('./index.ts')
    await vi.waitFor(() => expect(hosts).toHaveLength(1))
    hosts[0]?.stdout.emit('data', Buffer.from('Patchbay runs.\n  http://127.0.0.1:4717/'))
    expect(record.windows).toHaveLength(0)
    hosts[0]?.stdout.emit('data', Buffer.from('#t=abc\n'))
    expect(record.isSandboxed).toBe(true)
    expect(record.windows.map((window) => window.url)).toEqual(['http://127.0.0.1:4717/#t=abc'])
    expect(record.windows[0]?.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    })
  })

  it('lets the window go nowhere else, open nothing and get no permission', () => {
    const contents = record.windows[0]?.webContents
    const isStopped = (name: string, url: string): boolean => {
      const event = { url, preventDefault: vi.fn() }
      contents?.emit(name, event)
      return event.preventDefault.mock.calls.length > 0
    }
    for (const url of [
      'https://evil.example/',
      'http://127.0.0.1:4718/',
      'file:///etc/passwd',
      'javascript:1',
      'nonsense',
    ])
      expect(isStopped('will-navigate', url)).toBe(true)
    expect(isStopped('will-navigate', 'http://127.0.0.1:4717/runs')).toBe(false)
    expect(isStopped('will-attach-webview', '')).toBe(true)
    expect(contents?.openHandler?.()).toEqual({ action: 'deny' })
    const granted: boolean[] = []
    session.defaultSession.request?.(null, 'camera', (isGranted) => granted.push(isGranted))
    expect([granted, session.defaultSession.check?.(), session.defaultSession.device?.()]).toEqual([
      [false],
      false,
      false,
    ])
  })

  it('stops the headless host when it quits, and says so when the host dies by itself', () => {
    hosts[0]?.emit('exit', 1)
    expect([record.errors.length, record.hasQuit]).toEqual([1, true])
    app.emit('before-quit')
    expect(hosts[0]?.isKilled).toBe(true)
  })
})

describe('the address of the host', () => {
  it('is taken from a whole line and only on loopback', () => {
    expect(addressIn('Patchbay runs.\n  http://127.0.0.1:1/#t=x-_9\nFor another')).toBe('http://127.0.0.1:1/#t=x-_9')
    const others = [
      '',
      'http://127.0.0.1:1/#t=not-whole',
      'https://evil.example/#t=x\n',
      'http://127.0.0.1.evil.example:1/#t=x\n',
    ]
    for (const text of others) expect(addressIn(text)).toBeUndefined()
  })
})
