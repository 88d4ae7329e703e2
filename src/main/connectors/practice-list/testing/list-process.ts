/** For tests: the real practice list in a process of its own, and a connection to it. */
import { fileURLToPath } from 'node:url'
import type { OpenConnection } from '#shared/model/connected.ts'
import { openPractice, type PracticeProcess, startPractice } from '../../../connector-kit/testing/practice-process.ts'
import { practiceList } from '../index.ts'

export function startList(): Promise<PracticeProcess> {
  return startPractice(fileURLToPath(new URL('../../../practice/list/serve.ts', import.meta.url)))
}

export function openList(at: Pick<PracticeProcess, 'port' | 'token'>, timeoutMs?: number): Promise<OpenConnection> {
  return openPractice(practiceList, at, timeoutMs)
}
