/** Settings of a connection to a SQLite file. */
import { z } from 'zod'

const columnSchema = z.strictObject({
  type: z
    .enum(['text', 'integer', 'real', 'boolean', 'date', 'instant', 'decimal'])
    .default('text')
    .describe('What the column holds. Decimals, dates and instants are stored as text, exactly.'),
  required: z.boolean().default(false).describe('The column must be filled.'),
})

const newTableSchema = z.strictObject({
  columns: z.record(z.string().min(1), columnSchema).describe('Columns of the table, in this order.'),
  key: z.array(z.string().min(1)).min(1).describe('Columns that identify a record: the primary key.'),
})

export type NewTable = z.infer<typeof newTableSchema>

export const sqliteSettingsSchema = z.strictObject({
  path: z.string().min(1).describe('The database file, with its whole path.').meta({ chooses: 'file' }),
  tables: z.array(z.string().min(1)).optional().describe('Only these tables and views. Absent: all tables.'),
  readOnly: z.boolean().default(false).describe('Never write to this database.'),
  updatedColumns: z
    .record(z.string(), z.string())
    .default({})
    .describe(
      'By table: the column with the time of the last change (UTC: ISO text, seconds or milliseconds since 1970). Absent: the whole table is read each time.',
    ),
  versionColumns: z
    .record(z.string(), z.string())
    .default({})
    .describe('By table: a column that changes with every change of a record. Absent: all its values together.'),
  idColumns: z
    .record(z.string(), z.array(z.string().min(1)).min(1))
    .default({})
    .describe('By view: columns that identify a row. Views without are not offered.'),
  findBy: z
    .record(z.string(), z.string())
    .default({})
    .describe('By table without a unique key: the column by which a new record is looked up after an interruption.'),
  create: z
    .record(z.string().min(1), newTableSchema)
    .default({})
    .describe('Tables to make when they do not exist, by name. Makes the database file too.'),
  busyTimeoutMs: z
    .int()
    .min(0)
    .max(60_000)
    .default(1000)
    .describe('How long to wait for a program that is writing, in milliseconds.'),
})

export type SqliteSettings = z.infer<typeof sqliteSettingsSchema>
