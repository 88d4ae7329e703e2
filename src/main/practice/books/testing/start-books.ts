/** For tests: practice books on a folder of their own. */
import type { PracticeLaunchSettings } from '../../kit/launch-practice.ts'
import { startTestService, type TestService } from '../../kit/testing/service-client.ts'
import { launchPracticeBooks } from '../launch.ts'

export function startTestBooks(settings: Partial<PracticeLaunchSettings> = {}): Promise<TestService> {
  return startTestService(launchPracticeBooks, settings)
}
