/** The connection screens. */
export { AddConnectionScreen } from './add-connection-screen.tsx'
export { ConnectionScreen } from './connection-screen.tsx'
export { ConnectionsScreen } from './connections-screen.tsx'
export { EditConnectionScreen } from './edit-connection-screen.tsx'
export { NewConnectionScreen } from './new-connection-screen.tsx'
