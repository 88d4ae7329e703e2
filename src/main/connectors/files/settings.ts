/** Settings of a files connection: which file or folder, how it is written, and what the columns mean. */
import { z } from 'zod'

/** Types a column can be declared as; undeclared columns stay text as it stands in the file. */
const columnTypes = ['text', 'decimal', 'number', 'boolean', 'date', 'email', 'phone'] as const

const columnSchema = z.strictObject({
  type: z
    .enum(columnTypes)
    .default('text')
    .describe('What the column holds. Declared columns are converted, and a value that does not fit parks its row.'),
  decimalMark: z.enum([',', '.']).optional().describe('Decimal mark of numbers in this column.'),
  dateFormat: z
    .string()
    .regex(/^(?=.*Y)(?=.*M)(?=.*D)[YMD./ -]+$/, 'Use YYYY, MM and DD with their separators, for example DD.MM.YYYY')
    .optional()
    .describe('How dates are written, for example DD.MM.YYYY, MM/DD/YYYY or D.M.YY.'),
})

export type ColumnSettings = z.infer<typeof columnSchema>

export const filesSettingsSchema = z
  .strictObject({
    path: z
      .string()
      .min(1)
      .optional()
      .describe('One file to read or write, with its whole path. Fill in this or the watched folder.')
      .meta({ title: 'File', isCommon: true, chooses: 'file' }),
    folder: z
      .string()
      .min(1)
      .optional()
      .describe('Every matching file in it is read. Fill in this or the file.')
      .meta({ title: 'Or a watched folder', isCommon: true, chooses: 'folder' }),
    pattern: z
      .string()
      .min(1)
      .default('*')
      .describe('Which files of the folder: * stands for any characters, ? for one.')
      .meta({ title: 'Files of the folder' }),
    object: z
      .string()
      .min(1)
      .max(64)
      .optional()
      .describe('For example customers. Absent: rows, or the name of the sheet.')
      .meta({ title: 'What the rows are', isCommon: true }),
    format: z
      .enum(['auto', 'csv', 'xlsx'])
      .default('auto')
      .describe('File format; auto looks at the first bytes, then at the ending.'),
    sheet: z
      .string()
      .min(1)
      .optional()
      .describe('Only this sheet of a workbook. Absent: every visible sheet is an object of its own.'),
    headerRow: z
      .int()
      .min(0)
      .max(1000)
      .default(1)
      .describe('Row that names the columns; 0: none does, columns are called column 1, column 2 and so on.'),
    delimiter: z
      .enum(['auto', ',', ';', '\t', '|'])
      .default('auto')
      .describe('Character between the fields of a CSV file.'),
    encoding: z
      .enum([
        'auto',
        'utf-8',
        'utf-16le',
        'utf-16be',
        'windows-1252',
        'windows-1250',
        'windows-1251',
        'iso-8859-1',
        'iso-8859-2',
        'iso-8859-15',
      ])
      .default('auto')
      .describe('Character encoding of a CSV file.'),
    columns: z
      .record(z.string().min(1), columnSchema)
      .default({})
      .describe('What single columns mean. For a file that does not exist yet, these are its columns, in this order.'),
    idColumns: z
      .array(z.string().min(1))
      .max(8)
      .default([])
      .describe('Columns that together identify a row. Needed for writing. Absent: a row is known by its content.')
      .meta({ title: 'Columns that identify a row', isCommon: true }),
    merged: z
      .enum(['report', 'fill'])
      .default('report')
      .describe('Merged cells of a workbook: report parks their rows, fill repeats the value in each cell.')
      .meta({ title: 'Merged cells' }),
    pollMs: z
      .int()
      .min(10)
      .max(60_000)
      .default(500)
      .describe('How often a growing file is looked at, in milliseconds.')
      .meta({ title: 'Look again every (ms)' }),
    stableMs: z
      .int()
      .min(0)
      .max(600_000)
      .default(2000)
      .describe('How long a file must be unchanged before it is read, in milliseconds.'),
    maxWaitMs: z
      .int()
      .min(0)
      .max(3_600_000)
      .default(60_000)
      .describe('How long to wait for a file that keeps growing, in milliseconds.'),
    onDone: z
      .enum(['leave', 'move'])
      .default('leave')
      .describe('Processed files of a folder: leave them, or move them to its subfolder "processed".')
      .meta({ title: 'Processed files' }),
    createIfMissing: z
      .boolean()
      .default(false)
      .describe('Make the file when it does not exist, with the columns named in "columns".'),
    escapeFormulas: z
      .boolean()
      .default(false)
      .describe(
        "Write a ' before text that a spreadsheet program would run as a formula (= + - @). Changes the content, so it is off unless asked for.",
      ),
  })
  .refine((settings) => (settings.path === undefined) !== (settings.folder === undefined), {
    message: 'Give either "path" (one file) or "folder" (a watched folder).',
    path: ['path'],
  })
  .refine(
    (settings) =>
      !settings.createIfMissing ||
      (settings.path !== undefined &&
        settings.headerRow === 1 &&
        settings.idColumns.length > 0 &&
        settings.idColumns.every((name) => name in settings.columns)),
    {
      message: 'A file that is made new needs "path", "headerRow" 1, "columns" and, among them, "idColumns".',
      path: ['createIfMissing'],
    },
  )

export type FilesSettings = z.infer<typeof filesSettingsSchema>
