/** What works on every screen: the palette, the list of shortcuts, and a key to the search field. Loaded when first wanted. */
import { useHotkeys } from '@mantine/hooks'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { onShowShortcuts } from '#renderer/ui/shortcut-help.ts'
import { useShortcuts } from '#renderer/ui/shortcuts.ts'

const Palette = lazy(() =>
  import('#renderer/features/palette/index.ts').then((feature) => ({ default: feature.Palette })),
)
const ShortcutsDialog = lazy(() =>
  import('#renderer/features/palette/index.ts').then((feature) => ({ default: feature.ShortcutsDialog })),
)

export interface CommandsProps {
  readonly isPaletteOpen: boolean
  readonly onPalette: (isOpen: boolean) => void
}

export function Commands({ isPaletteOpen, onPalette }: CommandsProps) {
  const [areShortcutsOpen, setShortcutsOpen] = useState(false)
  const wasPalette = useWasEver(isPaletteOpen)
  const wereShortcuts = useWasEver(areShortcutsOpen)
  const show = (): void => setShortcutsOpen(true)
  // In text fields too: Ctrl K means nothing there.
  useHotkeys([['mod+K', () => onPalette(true)]], [])
  useShortcuts({ '?': show, 'shift+?': show, '/': focusSearch })
  useEffect(() => onShowShortcuts(() => setShortcutsOpen(true)), [])
  const [address] = useLocation()
  // Whoever goes to another screen, by the back button too, wants to see it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the address counts
  useEffect(() => {
    onPalette(false)
    setShortcutsOpen(false)
  }, [address])
  return (
    <Suspense>
      {wasPalette && <Palette isOpen={isPaletteOpen} onClose={() => onPalette(false)} />}
      {wereShortcuts && <ShortcutsDialog isOpen={areShortcutsOpen} onClose={() => setShortcutsOpen(false)} />}
    </Suspense>
  )
}

/** Stays true once it was: a dialog that was loaded stays, so that it can close with its own movement. */
function useWasEver(isNow: boolean): boolean {
  const [was, setWas] = useState(isNow)
  if (isNow && !was) setWas(true)
  return was || isNow
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('main input[type="search"]')?.focus()
}
