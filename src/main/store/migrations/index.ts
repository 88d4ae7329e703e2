/** All migrations, oldest first. Released ones are never edited: a change is the next file. */
import type { Migration } from '../migrate.ts'
import { foundation } from './0001-foundation.ts'
import { narrowRows } from './0002-narrow-rows.ts'
import { approvedVersion } from './0003-approved-version.ts'
import { schedules } from './0004-schedules.ts'
import { decisions } from './0005-decisions.ts'
import { undo } from './0006-undo.ts'
import { history } from './0007-history.ts'
import { noticed } from './0008-noticed.ts'
import { decisionsByField } from './0009-decisions-by-field.ts'

export const migrations: readonly Migration[] = [
  foundation,
  narrowRows,
  approvedVersion,
  schedules,
  decisions,
  undo,
  history,
  noticed,
  decisionsByField,
]
