/** Runs a preload as Electron's sandbox does: one CommonJS script that may require electron and nothing of Node. */
import { readFileSync } from 'node:fs'
import { FakeIpcRenderer } from './ipc.ts'
import type { FakeContents } from './window.ts'

/** Answers what it exposed to the page, by name. Throws where it asks for more than a sandboxed preload gets. */
export function loadPreload(file: string, contents: FakeContents): Record<string, unknown> {
  const exposed: Record<string, unknown> = {}
  const ipcRenderer = new FakeIpcRenderer(contents)
  const contextBridge = {
    exposeInMainWorld: (name: string, value: unknown) => {
      exposed[name] = value
    },
  }
  const require = (name: string): object => {
    if (name !== 'electron') throw new Error(`a sandboxed preload cannot require ${name}`)
    return { contextBridge, ipcRenderer }
  }
  new Function('require', 'module', 'exports', 'process', readFileSync(file, 'utf8'))(require, {}, {}, undefined)
  return exposed
}
