/** For tests: the real practice CRM in a process of its own, and a connection to it. */
import { fileURLToPath } from 'node:url'
import type { OpenConnection } from '#shared/model/connected.ts'
import { openPractice, type PracticeProcess, startPractice } from '../../../connector-kit/testing/practice-process.ts'
import { practiceCrm } from '../index.ts'

export function startCrm(): Promise<PracticeProcess> {
  return startPractice(fileURLToPath(new URL('../../../practice/crm/serve.ts', import.meta.url)))
}

export function openCrm(at: Pick<PracticeProcess, 'port' | 'token'>, timeoutMs?: number): Promise<OpenConnection> {
  return openPractice(practiceCrm, at, timeoutMs)
}
