/** The home screen. */
export { HomeScreen } from './home-screen.tsx'
