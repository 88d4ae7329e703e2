/**
 * The package of the headless host for Debian and Ubuntu: the build, its packages, a Node of its own, `patchbay` on the
 * path and a unit for the user's systemd. Made with dpkg-deb alone; the layout is that of
 * https://www.debian.org/doc/debian-policy/ (read 2026-11).
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { headlessFiles } from './headless-files.mjs'
import { cliFlags, hostFlags } from './product-process.mjs'
import { projectPaths, ScriptError } from './project.mjs'
import { runQuietly } from './run-command.mjs'
import { filesUnder } from './stamp.mjs'

/** Debian's names: https://wiki.debian.org/SupportedArchitectures (read 2026-11). @type {Record<string, string>} */
const architectures = { x64: 'amd64', arm64: 'arm64' }

/**
 * @typedef {object} DebOptions
 * @property {string} root
 * @property {string} folder where the package goes
 * @property {'xz' | 'gzip'} [compression] gzip is quick, xz small
 */

/**
 * @param {DebOptions} options
 * @returns {Promise<string>} the package
 * @throws {ScriptError} on a system it cannot be made on, or when dpkg-deb refuses
 */
export async function makeHeadlessDeb({ root, folder, compression = 'xz' }) {
  const architecture = process.platform === 'linux' ? architectures[process.arch] : undefined
  if (architecture === undefined)
    throw new ScriptError('the headless package can only be made on Linux, for x64 or arm64.', 'run this there.')
  const tree = mkdtempSync(join(tmpdir(), 'patchbay-deb-'))
  try {
    fillTree(root, tree)
    const { version } = JSON.parse(readFileSync(projectPaths(root).packageJson, 'utf8'))
    writeControl(tree, { version, architecture })
    const file = join(folder, `patchbay-headless_${version}_${architecture}.deb`)
    mkdirSync(folder, { recursive: true })
    await pack(tree, file, compression)
    return file
  } finally {
    rmSync(tree, { recursive: true, force: true })
  }
}

/** @param {string} root @param {string} tree */
function fillTree(root, tree) {
  const app = join(tree, 'usr/lib/patchbay')
  for (const file of headlessFiles(root)) put(join(root, file), join(app, file))
  put(nodeOf(root), join(app, 'node'), 0o755)
  const from = join(root, 'resources/headless')
  put(join(from, 'patchbay.service'), join(tree, 'usr/lib/systemd/user/patchbay.service'))
  put(join(root, 'LICENSE'), join(tree, 'usr/share/doc/patchbay-headless/copyright'))
  const starter = join(tree, 'usr/bin/patchbay')
  const text = readFileSync(join(from, 'patchbay.sh'), 'utf8')
  mkdirSync(dirname(starter), { recursive: true })
  writeFileSync(starter, text.replace('@HOST_FLAGS@', hostFlags.join(' ')).replace('@CLI_FLAGS@', cliFlags.join(' ')))
  chmodSync(starter, 0o755)
}

/** @param {string} from @param {string} to @param {number} [mode] */
function put(from, to, mode = 0o644) {
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to)
  chmodSync(to, mode)
}

/** The Node of the set-up, or the one that runs: whichever it is, it runs the project. @param {string} root */
function nodeOf(root) {
  const { packagedNode } = projectPaths(root)
  return existsSync(packagedNode) ? packagedNode : process.execPath
}

/** @param {string} tree @param {{ version: string, architecture: string }} facts */
function writeControl(tree, { version, architecture }) {
  const bytes = filesUnder(tree, 'usr').reduce((sum, file) => sum + statSync(join(tree, file)).size, 0)
  const lines = [
    'Package: patchbay-headless',
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    'Section: misc',
    'Priority: optional',
    'Maintainer: Patchbay maintainers <maintainers@patchbay.invalid>',
    `Installed-Size: ${Math.ceil(bytes / 1024)}`,
    'Depends: libc6 (>= 2.28), libstdc++6',
    'Suggests: gnome-keyring',
    'Description: Keeps the software a small business runs in step with each other',
    ' The headless host of Patchbay: the window in a browser on this computer, the',
    ' command line "patchbay", and a service for the user\'s systemd.',
  ]
  mkdirSync(join(tree, 'DEBIAN'))
  writeFileSync(join(tree, 'DEBIAN/control'), `${lines.join('\n')}\n`)
}

/** @param {string} tree @param {string} file @param {'xz' | 'gzip'} compression */
async function pack(tree, file, compression) {
  chmodSync(tree, 0o755)
  const level = compression === 'gzip' ? ['-z1'] : []
  const args = ['--root-owner-group', `-Z${compression}`, ...level, '--build', tree, file]
  const { code, output } = await runQuietly('dpkg-deb', args, { progress: 'packing the headless host' })
  if (code === 0) return
  throw new ScriptError(
    `dpkg-deb could not make the package: ${output.trim()}`,
    'install dpkg-deb, or make room on the disk.',
  )
}
