/** The services of the practice company: where each keeps its data, how it starts, and which connections speak to it. */
import { launchPracticeBooks } from '#main/practice/books/launch.ts'
import { launchPracticeCrm } from '#main/practice/crm/launch.ts'
import type { PracticeLaunchSettings } from '#main/practice/kit/launch-practice.ts'
import type { LaunchedService } from '#main/practice/kit/launch-service.ts'
import { launchPracticeList } from '#main/practice/list/launch.ts'
import type { SampleBusinessFiles } from '#main/practice/sample/write-sample.ts'
import type { PracticeEntries } from './built-entries.ts'

export interface PracticeServiceSpec {
  /** Names its data folder, and its port in the note of the place. */
  readonly name: keyof PracticeEntries
  /** Ids of its connections; the first one is the id of the service. All of them hold its token. */
  readonly connections: readonly [string, ...string[]]
  readonly seed: keyof SampleBusinessFiles
  readonly launch: (settings: PracticeLaunchSettings) => Promise<LaunchedService>
}

export const practiceServices: readonly PracticeServiceSpec[] = [
  {
    name: 'crm',
    connections: ['practice-crm', 'practice-crm-api'],
    seed: 'crmSeed',
    launch: launchPracticeCrm,
  },
  { name: 'books', connections: ['practice-books'], seed: 'booksSeed', launch: launchPracticeBooks },
  { name: 'list', connections: ['practice-list'], seed: 'listSeed', launch: launchPracticeList },
]
