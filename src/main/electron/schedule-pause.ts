/** Pausing all schedules from the tray: what the tray asks, without knowing how the core does it. */
export interface SchedulePause {
  readonly isPaused: () => boolean
  readonly pauseAll: () => void
  readonly resumeAll: () => void
  readonly onChange: (listener: () => void) => void
}
