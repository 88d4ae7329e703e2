/** What needs a person. */
export { AttentionScreen } from './attention-screen.tsx'
