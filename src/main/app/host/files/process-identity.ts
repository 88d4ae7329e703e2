/**
 * Tells one process from a later one with the same id: systems use process ids again. The mark is made of when the
 * process was started; null where the system does not tell.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    // It lives, but belongs to somebody else.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM'
  }
}

/** The mark of a living process; null: not there, or not told. */
export function startMark(pid: number, platform: NodeJS.Platform = process.platform): string | null {
  try {
    if (platform === 'linux') return linuxMark(pid)
    return platform === 'win32' ? windowsMark(pid) : macMark(pid)
  } catch {
    return null
  }
}

/** Field 22 of stat: clock ticks since boot (proc(5)); with the boot's own id, since ticks start again with each boot. */
function linuxMark(pid: number): string | null {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The program's name stands in parentheses and may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  return fields[19] === undefined ? null : `${boot} ${fields[19]}`
}

function macMark(pid: number): string | null {
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
  const shown = execFileSync('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', timeout: 5_000, env })
  return shown.trim() || null
}

function windowsMark(pid: number): string | null {
  const command = `(Get-Process -Id ${pid}).StartTime.ToUniversalTime().Ticks`
  const args = ['-NoProfile', '-NonInteractive', '-Command', command]
  const shown = execFileSync('powershell.exe', args, { encoding: 'utf8', timeout: 10_000, windowsHide: true })
  return shown.trim() || null
}
