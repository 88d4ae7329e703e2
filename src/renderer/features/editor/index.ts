/** The editor of integrations. */
export { EditorScreen } from './editor-screen.tsx'
export { NewIntegrationScreen } from './guide/new-integration-screen.tsx'
export { NewLegScreen } from './guide/new-leg-screen.tsx'
