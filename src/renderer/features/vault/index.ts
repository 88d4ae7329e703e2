/** The vault: its banner stands in the shell, its screen is loaded when it is needed. */
export { VaultBanner } from './vault-banner.tsx'
