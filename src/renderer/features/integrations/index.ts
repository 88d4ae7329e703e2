/** The integration screens. */
export { IntegrationScreen } from './integration-screen.tsx'
export { IntegrationsScreen } from './integrations-screen.tsx'
export { SetScreen } from './set-screen.tsx'
