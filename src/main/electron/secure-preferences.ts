/** What every window is made with. Named even where it is Electron's default: a test reads them, an update may change them. */
import type { WebPreferences } from 'electron'

export const securePreferences = {
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
  // Electron fetches dictionaries from a server of Google's: https://www.electronjs.org/docs/latest/tutorial/spellchecker (read 2026-11).
  spellcheck: false,
} as const satisfies WebPreferences
