/** Starts the practice books as a process of their own. */
import { fileURLToPath } from 'node:url'
import { launchPractice, type PracticeLaunchSettings } from '../kit/launch-practice.ts'
import type { LaunchedService } from '../kit/launch-service.ts'

/** Throws AppError as launchPractice does. */
export function launchPracticeBooks(settings: PracticeLaunchSettings): Promise<LaunchedService> {
  const source = fileURLToPath(new URL('./serve.ts', import.meta.url))
  return launchPractice({ helper: 'practice-books', source }, settings)
}
