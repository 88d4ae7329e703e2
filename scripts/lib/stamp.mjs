/**
 * A stamp says "this was finished, for exactly these inputs". It is taken away before the work and written last
 * and in one piece, so a killed job never looks like a finished one.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The stamp's text, or undefined when there is none that can be read. @param {string} file */
export function readStamp(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/**
 * @param {string} file
 * @param {string} text
 */
export function writeStamp(file, text) {
  mkdirSync(dirname(file), { recursive: true })
  const half = `${file}.${process.pid}`
  writeFileSync(half, text)
  renameSync(half, file)
}

/** @param {string} file */
export function removeStamp(file) {
  rmSync(file, { force: true })
}

/**
 * One hash over texts; the lengths keep ["ab", "c"] and ["a", "bc"] apart.
 * @param {readonly (string | Buffer)[]} parts
 */
export function hashOf(parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  return hash.digest('hex')
}

/**
 * Every file under a folder, as paths with forward slashes relative to `root`, sorted; a missing folder has none.
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
export function filesUnder(root, folder) {
  /** @type {import('node:fs').Dirent[]} */
  let entries = []
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true })
  } catch {
    return []
  }
  return entries
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      return entry.isDirectory() ? filesUnder(root, path) : [path]
    })
    .sort()
}

/**
 * Hashes names and contents; a file that is missing counts as such.
 * @param {string} root
 * @param {readonly string[]} files relative to `root`
 */
export function fingerprintOf(root, files) {
  return hashOf(files.flatMap((file) => [file, readFileOrNote(join(root, file))]))
}

/** @param {string} file */
function readFileOrNote(file) {
  try {
    return readFileSync(file)
  } catch {
    return 'missing'
  }
}
