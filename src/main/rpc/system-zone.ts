/**
 * The time zone of this computer, as it is now. Node reads it once and keeps it: a traveller's laptop would stay at home.
 * Deleting `TZ` from the environment makes Node look again, for all its threads, but only in the main thread (measured
 * with Node 24 on Linux, 2026-11-26; 50 microseconds). So a host with the core in a worker looks again on its behalf.
 */

/** IANA name. Where `TZ` is set it decides, as for every program. */
export function systemZone(): string {
  lookAgainAtZone()
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

export function lookAgainAtZone(): void {
  if (process.env.TZ === undefined) delete process.env.TZ
}
