/** For tests: a practice CRM on a folder of its own. */
import type { PracticeLaunchSettings } from '../../kit/launch-practice.ts'
import { startTestService, type TestService } from '../../kit/testing/service-client.ts'
import { launchPracticeCrm } from '../launch.ts'

export function startTestCrm(settings: Partial<PracticeLaunchSettings> = {}): Promise<TestService> {
  return startTestService(launchPracticeCrm, settings)
}
