/** The connection screens. */
export { ConnectionScreen } from './connection-screen.tsx'
export { ConnectionsScreen } from './connections-screen.tsx'
