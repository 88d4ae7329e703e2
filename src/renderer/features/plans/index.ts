/** The plan screen. */
export { PlanScreen } from './plan-screen.tsx'
