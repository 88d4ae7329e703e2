/** Why a workbook cannot be read, as errors an owner understands. */
import { AppError } from '#shared/errors.ts'

export type XlsxFault =
  | 'protected'
  | 'not-a-workbook'
  | 'damaged'
  | 'too-large'
  | 'suspicious'
  | 'sheet-missing'
  | 'empty'

const words: {
  readonly [F in XlsxFault]: { readonly kind: 'data' | 'config'; readonly says: string; readonly next: string }
} = {
  protected: {
    kind: 'data',
    says: 'is protected with a password, or is an old .xls file; neither can be read',
    next: 'Open it in the spreadsheet program and save it as .xlsx without a password.',
  },
  'not-a-workbook': {
    kind: 'data',
    says: 'is not an Excel workbook (.xlsx)',
    next: 'Check which file it is. Save it as .xlsx or as CSV.',
  },
  damaged: { kind: 'data', says: 'is damaged or not complete', next: 'Copy or export the file again.' },
  'too-large': { kind: 'data', says: 'is larger than Patchbay takes', next: 'Split the file, or save it as CSV.' },
  suspicious: {
    kind: 'data',
    says: 'unpacks to far more than a workbook should, as files made to do harm do',
    next: 'If you know the file, save it anew in the spreadsheet program, or as CSV.',
  },
  'sheet-missing': {
    kind: 'config',
    says: 'does not have the sheet that the connection names',
    next: 'Choose another sheet in the connection.',
  },
  empty: { kind: 'data', says: 'is empty', next: 'Export the file again.' },
}

/** `technical` says where and why; it goes to the details only. */
export function xlsxError(fault: XlsxFault, file: string, technical: string, cause?: unknown): AppError {
  const { kind, says, next } = words[fault]
  return new AppError(
    {
      kind,
      code: `workbook-${fault}`,
      message: `${file} ${says}.`,
      kept: 'Nothing in the file was changed, and nothing counts as deleted.',
      next,
      details: { technical: technical.slice(0, 300) },
    },
    cause,
  )
}
