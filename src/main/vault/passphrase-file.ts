/**
 * Passphrases for machines where nobody is there to type: a file that only its owner can read, or a credential of
 * systemd (https://systemd.io/CREDENTIALS, read 2026-11). Never an environment variable: those are visible.
 */
import { type FileHandle, open } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { AppError } from '#shared/errors.ts'

const credentialName = 'patchbay-passphrase'
const longestFileBytes = 4096

export interface PassphraseSource {
  readonly kind: 'file' | 'systemd-credential'
  readonly path: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** Where a passphrase is to come from, or null when the environment names nothing. The named file comes first. */
export function passphraseSource(env: Environment): PassphraseSource | null {
  const file = env.PATCHBAY_PASSPHRASE_FILE
  if (file !== undefined && file !== '') return { kind: 'file', path: file }
  const folder = env.CREDENTIALS_DIRECTORY
  if (folder === undefined || !isAbsolute(folder)) return null
  return { kind: 'systemd-credential', path: join(folder, credentialName) }
}

/**
 * The passphrase without its final line break. Null only for a systemd credential that the service was not given.
 * Throws AppError config `passphrase-file-missing`, `passphrase-file-open-to-others` (POSIX systems: another owner, or
 * more than mode 0600) or `passphrase-file-unusable` (empty, binary, too long, not a file).
 */
export async function readPassphraseFile({ kind, path }: PassphraseSource): Promise<string | null> {
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch (thrown) {
    const code = errorCode(thrown)
    if (kind === 'systemd-credential' && code === 'ENOENT') return null
    throw fileError('missing', path, code)
  }
  try {
    await checkFile(handle, { kind, path })
    return textOf(await handle.readFile(), path)
  } finally {
    await handle.close()
  }
}

/** Asked of the open file, so that it cannot be exchanged between look and read. Systemd guards its own folder, with access lists that a mode does not show. */
async function checkFile(handle: FileHandle, { kind, path }: PassphraseSource): Promise<void> {
  const facts = await handle.stat()
  if (!facts.isFile() || facts.size > longestFileBytes) throw fileError('unusable', path, 'not a small file')
  const ownId = process.getuid?.()
  if (kind === 'systemd-credential' || ownId === undefined) return
  const isOwn = facts.uid === ownId || facts.uid === 0
  const mode = (facts.mode & 0o777).toString(8)
  if (!isOwn || (facts.mode & 0o077) !== 0) throw fileError('open-to-others', path, `mode ${mode}, owner ${facts.uid}`)
}

function textOf(bytes: Buffer, path: string): string {
  const text = bytes.toString().replace(/\r?\n$/, '')
  bytes.fill(0)
  if (text.trim() === '') throw fileError('unusable', path, 'empty')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a passphrase is one line of text, so these are what to look for.
  if (/[\u0000-\u001f\ufffd]/.test(text)) throw fileError('unusable', path, 'more than one line, or not text')
  return text
}

const fileTexts = {
  missing: ['The passphrase file cannot be read.', 'Check the path and who may read the file.'],
  'open-to-others': [
    'The passphrase file can be read or changed by other users of this computer.',
    'Make it yours alone (chmod 600, owned by the user that runs Patchbay), and change the passphrase if others may have seen it.',
  ],
  unusable: [
    'The passphrase file does not hold a passphrase.',
    'Write the passphrase into it as a single line of text.',
  ],
} as const

function fileError(problem: keyof typeof fileTexts, path: string, reason: string): AppError {
  const [message, next] = fileTexts[problem]
  return new AppError({
    kind: 'config',
    code: `passphrase-file-${problem}`,
    message,
    kept: 'The vault stays locked. Nothing was changed.',
    next,
    details: { path, reason },
  })
}

function errorCode(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown'
}
