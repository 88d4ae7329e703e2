/**
 * What the preload offers the window under Electron, as `window.patchbay`: a line to the core (link.ts) and what only a
 * desktop can do. In a browser there is no such thing. Answers of the desktop are envelopes, as those of the core are.
 */
export interface DesktopBridge {
  /** Words of link.ts, from the window to the core. */
  readonly post: (message: object) => void
  readonly onMessage: (listener: (message: unknown) => void) => void
  /** Asks where to save the text and saves it there. */
  readonly saveText: (input: SaveTextInput) => Promise<unknown>
  /** Asks where to save what the window shows, as a PDF of A4 pages. */
  readonly savePageAsPdf: (input: { readonly name: string }) => Promise<unknown>
  /** Asks for a file or folder; only its path comes back, nothing is read. */
  readonly choosePath: (input: { readonly kind: PathKind }) => Promise<unknown>
}

export const pathKinds = ['file', 'folder'] as const
export type PathKind = (typeof pathKinds)[number]

/** The envelope of a choice holds this; null: the person closed the dialog. */
export interface ChosenPath {
  readonly path: string | null
}

export interface SaveTextInput {
  readonly name: string
  readonly text: string
}

/** The envelope of both ways to save holds this; null: the person closed the dialog. */
export interface SavedFile {
  readonly name: string | null
}

/** The two channels between a window and Electron's main process. */
export const desktopChannels = { core: 'patchbay:core', desktop: 'patchbay:desktop' } as const

/** Said on the core's channel when a page was loaded: whatever the page before had open has ended. */
export const pageLoaded = { kind: 'page-loaded', id: 0 } as const
