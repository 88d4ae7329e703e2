/** Shortcuts of single keys: off while something is typed, and switchable off altogether (WCAG 2.1.4). */
import { useHotkeys } from '@mantine/hooks'

const storageKey = 'patchbay-single-keys'

export function areSingleKeysOn(): boolean {
  return localStorage.getItem(storageKey) !== 'off'
}

export function setSingleKeys(isOn: boolean): void {
  localStorage.setItem(storageKey, isOn ? 'on' : 'off')
}

export function useShortcuts(keys: Readonly<Record<string, () => void>>): void {
  useHotkeys(
    Object.entries(keys).map(([key, run]) => [key, () => areSingleKeysOn() && run()] as const),
    ['INPUT', 'TEXTAREA', 'SELECT'],
  )
}
