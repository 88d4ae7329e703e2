/** For tests: the real practice books in a process of their own, and a connection to them. */
import { fileURLToPath } from 'node:url'
import type { OpenConnection } from '#shared/model/connected.ts'
import { openPractice, type PracticeProcess, startPractice } from '../../../connector-kit/testing/practice-process.ts'
import { practiceBooks } from '../index.ts'

export function startBooks(): Promise<PracticeProcess> {
  return startPractice(fileURLToPath(new URL('../../../practice/books/serve.ts', import.meta.url)))
}

export function openBooks(at: Pick<PracticeProcess, 'port' | 'token'>, timeoutMs?: number): Promise<OpenConnection> {
  return openPractice(practiceBooks, at, timeoutMs)
}
