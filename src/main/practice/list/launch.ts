/** Starts the practice list as a process of its own. */
import { fileURLToPath } from 'node:url'
import { launchPractice, type PracticeLaunchSettings } from '../kit/launch-practice.ts'
import type { LaunchedService } from '../kit/launch-service.ts'

/** Throws AppError as launchPractice does. */
export function launchPracticeList(settings: PracticeLaunchSettings): Promise<LaunchedService> {
  const source = fileURLToPath(new URL('./serve.ts', import.meta.url))
  return launchPractice({ helper: 'practice-list', source }, settings)
}
