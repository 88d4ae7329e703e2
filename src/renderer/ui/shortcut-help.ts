/** Asks the frame of the window to show the list of shortcuts, from wherever somebody wants to see it. */
const eventName = 'patchbay-shortcuts'

export function showShortcuts(): void {
  window.dispatchEvent(new Event(eventName))
}

/** Answers how to stop listening. */
export function onShowShortcuts(show: () => void): () => void {
  window.addEventListener(eventName, show)
  return () => window.removeEventListener(eventName, show)
}
