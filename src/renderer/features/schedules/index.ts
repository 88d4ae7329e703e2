/** The schedule screen. */
import './styles.ts'

export { ScheduleScreen } from './schedule-screen.tsx'
