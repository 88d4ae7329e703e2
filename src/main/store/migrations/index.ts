/** All migrations, oldest first. Released ones are never edited: a change is the next file. */
import type { Migration } from '../migrate.ts'
import { foundation } from './0001-foundation.ts'
import { narrowRows } from './0002-narrow-rows.ts'
import { schedules } from './0003-schedules.ts'

export const migrations: readonly Migration[] = [foundation, narrowRows, schedules]
