/** What the host under test has asked of Electron, in the order of its asking, and what the test answers for a person. */
import type { FakeUtility } from './utility-process.ts'
import type { FakeWindow } from './window.ts'

export interface MenuItem {
  readonly label?: string
  readonly role?: string
  readonly enabled?: boolean
  readonly submenu?: readonly MenuItem[]
  readonly click?: () => void
}

export const record = {
  isSandboxed: false,
  /** The handlers of the app by the time of "ready": what was said before it. */
  beforeReady: [] as string[],
  privileges: [] as { scheme: string; privileges: Record<string, boolean> }[],
  windows: [] as FakeWindow[],
  forks: [] as FakeUtility[],
  errors: [] as string[],
  opened: [] as string[],
  notifications: [] as { title: string; body: string; click: () => void }[],
  trays: [] as { image: string; toolTip: string; items: readonly MenuItem[]; isGone: boolean }[],
  menu: [] as readonly MenuItem[],
  blockers: new Set<number>(),
  printed: [] as unknown[],
  paths: {} as Record<string, string>,
  exitCode: undefined as number | undefined,
  hasQuit: false,
}

export const answers = {
  /** What the person chooses in a file dialog; null: closes it. */
  savePath: null as string | null,
  openPath: null as string | null,
  /** The button of a question. */
  button: 1,
  isFirstInstance: true,
  isPackaged: true,
}
