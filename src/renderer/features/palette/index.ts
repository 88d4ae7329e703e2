/** The command palette and the list of shortcuts. */
export { Palette } from './palette.tsx'
export { ShortcutsDialog } from './shortcuts-dialog.tsx'
