/** Which files of the build and of its packages the headless host needs: the patterns of electron-builder.yml, and the lockfile. */
import { existsSync, readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { parse } from 'yaml'
import { projectPaths } from './project.mjs'
import { filesUnder } from './stamp.mjs'

/** What the desktop app needs and the headless host does not. */
const desktopOnly = ['out/main/index.js', 'out/main/core-utility.js', 'out/preload/**', '**/*.map']

/**
 * @param {string} root
 * @returns {string[]} paths with forward slashes, relative to the project
 */
export function headlessFiles(root) {
  const built = ['out/main', 'out/renderer'].flatMap((folder) => filesUnder(root, folder))
  const own = built.filter((file) => !desktopOnly.some((pattern) => matchesGlob(file, pattern)))
  return [...own, ...packageFiles(root), 'package.json', 'LICENSE']
}

/** @param {string} root */
function packageFiles(root) {
  const patterns = packagePatterns(root)
  const files = productionFolders(root).flatMap((folder) => filesUnder(root, folder))
  return files.filter((file) => isWanted(file, patterns))
}

/** Installed packages that are not for development only. @param {string} root @returns {string[]} */
function productionFolders(root) {
  const { packages } = JSON.parse(readFileSync(projectPaths(root).lockfile, 'utf8'))
  const known = Object.entries(packages).filter(([path, entry]) => path !== '' && !entry.dev)
  return known.map(([path]) => path).filter((path) => existsSync(join(root, path)))
}

/** @param {string} root @returns {string[]} */
function packagePatterns(root) {
  const { files } = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'))
  const own = { platform: process.platform, arch: process.arch }
  return files
    .filter((/** @type {string} */ pattern) => pattern.includes('node_modules/'))
    .map((/** @type {string} */ pattern) =>
      pattern.replace(/\$\{(platform|arch)\}/g, (_all, name) => own[/** @type {keyof typeof own} */ (name)]),
    )
}

/** The last pattern that fits decides, as electron-builder has it. @param {string} file @param {string[]} patterns */
function isWanted(file, patterns) {
  const last = patterns.findLast((pattern) => matchesGlob(file, pattern.replace(/^!/, '')))
  return last === undefined || !last.startsWith('!')
}
