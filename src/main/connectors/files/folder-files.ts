/** The files of a watched folder: those that match, hashed, each content once, newest first. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rename, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Clock } from '#main/connector-kit/clock.ts'
import { stopIfAborted, withFileErrors } from './disk/file-errors.ts'
import { refuseOpenElsewhere } from './disk/open-elsewhere.ts'
import { waitUntilStable } from './disk/stable-file.ts'
import { loadMemory, nextInstant, saveMemory } from './folder-memory.ts'
import type { FilesSettings } from './settings.ts'

export interface FolderFile {
  readonly path: string
  readonly contentHash: string
  /** Name under which the content first came; ids hang on it. */
  readonly firstName: string
  readonly firstSeenMs: number
}

export interface FolderListing {
  readonly files: readonly FolderFile[]
  /** Instant of this look; everything in `files` was first seen before or at it. */
  readonly instantMs: number
  /** Names of files whose content is already there under another name. */
  readonly copies: readonly string[]
}

export interface WatchedFolder {
  readonly list: (signal: AbortSignal) => Promise<FolderListing>
  /** Moves files first seen before the instant to "processed"; only where the settings ask for it. */
  readonly moveDone: (listing: FolderListing, beforeMs: number) => Promise<void>
}

const processedFolder = 'processed'

export interface WatchedFolderOptions {
  readonly folder: string
  readonly settings: FilesSettings
  readonly stateFolder: string
  readonly clock: Clock
}

export function watchFolder({ folder, settings, stateFolder, clock }: WatchedFolderOptions): WatchedFolder {
  const hashes = new Map<string, string>()
  const hashOf = async (path: string, signal: AbortSignal): Promise<string> => {
    const { text } = await waitUntilStable(path, { ...settings, clock, signal })
    const known = hashes.get(text)
    if (known !== undefined) return known
    const hash = await hashFile(path, signal)
    hashes.set(text, hash)
    return hash
  }
  const list = async (signal: AbortSignal): Promise<FolderListing> => {
    const paths = await matchingPaths(folder, settings)
    const memory = await loadMemory(stateFolder)
    const byHash = new Map<string, string>()
    const copies: string[] = []
    for (const path of paths) {
      stopIfAborted(signal)
      await refuseOpenElsewhere(path)
      const hash = await hashOf(path, signal)
      if (byHash.has(hash)) copies.push(basename(path))
      else byHash.set(hash, path)
    }
    for (const [hash, path] of byHash) {
      memory.contents[hash] ??= { name: basename(path), firstSeenMs: nextInstant(memory, clock) }
      memory.lastInstantMs = Math.max(memory.lastInstantMs, memory.contents[hash].firstSeenMs)
    }
    memory.lastInstantMs = nextInstant(memory, clock)
    await saveMemory(stateFolder, memory)
    const files = [...byHash].map(([contentHash, path]) => {
      const known = memory.contents[contentHash]
      return { path, contentHash, firstName: known?.name ?? basename(path), firstSeenMs: known?.firstSeenMs ?? 0 }
    })
    return { files: files.sort((a, b) => b.firstSeenMs - a.firstSeenMs), instantMs: memory.lastInstantMs, copies }
  }
  const moveDone = async (listing: FolderListing, beforeMs: number): Promise<void> => {
    if (settings.onDone !== 'move') return
    for (const file of listing.files) if (file.firstSeenMs < beforeMs) await moveFile(folder, file.path)
  }
  return { list, moveDone }
}

/** Matching files of the folder and, where files are moved, of its subfolder: what was moved can still be read in full. */
async function matchingPaths(folder: string, settings: FilesSettings): Promise<readonly string[]> {
  const folders = settings.onDone === 'move' ? [join(folder, processedFolder), folder] : [folder]
  const paths: string[] = []
  for (const one of folders) {
    const isOptional = one !== folder
    const entries = await withFileErrors(one, () => readdir(one, { withFileTypes: true })).catch((thrown: unknown) => {
      if (isOptional) return []
      throw thrown
    })
    const names = entries
      .filter((entry) => entry.isFile() && isCandidate(entry.name, settings.pattern))
      .map((entry) => entry.name)
    paths.push(...names.sort().map((name) => join(one, name)))
  }
  return paths
}

/** Hidden files, lock files and half-written downloads are never data. */
function isCandidate(name: string, pattern: string): boolean {
  if (/^(\.|~\$)|\.(part|tmp|crdownload|download)$|^(Thumbs\.db|desktop\.ini)$/i.test(name)) return false
  const shape = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${shape}$`, 'i').test(name)
}

async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  await withFileErrors(path, async () => {
    for await (const chunk of createReadStream(path, { signal })) hash.update(chunk as Buffer) // a stream without encoding gives Buffers
  })
  return hash.digest('hex')
}

async function moveFile(folder: string, path: string): Promise<void> {
  const target = join(folder, processedFolder)
  if (path.startsWith(join(target, '/'))) return
  await withFileErrors(path, async () => {
    await mkdir(target, { recursive: true })
    await rename(path, await freePath(join(target, basename(path))))
  })
}

/** A name that is taken is never overwritten: "orders (2).csv". */
async function freePath(path: string): Promise<string> {
  const [, stem = path, ending = ''] = /^(.*?)(\.[^./\\]*)?$/s.exec(path) ?? []
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? path : `${stem} (${number})${ending}`
    const isTaken = await stat(candidate).then(
      () => true,
      () => false,
    )
    if (!isTaken) return candidate
  }
}
