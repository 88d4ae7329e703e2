/** For tests: a practice list on a folder of its own. */
import type { PracticeLaunchSettings } from '../../kit/launch-practice.ts'
import { startTestService, type TestService } from '../../kit/testing/service-client.ts'
import { launchPracticeList } from '../launch.ts'

export function startTestList(settings: Partial<PracticeLaunchSettings> = {}): Promise<TestService> {
  return startTestService(launchPracticeList, settings)
}
