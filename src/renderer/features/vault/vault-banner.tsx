/** Stands above every screen while the stored keys are locked. */
import { Button } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { Notice } from '#renderer/ui/notice.tsx'
import { text } from './text.ts'
import { useStatus } from './use-vault.ts'
import { isShut } from './vault-view.ts'

export function VaultBanner() {
  const { data } = useStatus()
  const [address] = useLocation()
  if (!data || !isShut(data.vault) || address === '/unlock') return null
  const button = (
    <Button component={Link} href="/unlock" size="sm">
      {text.banner.button}
    </Button>
  )
  return (
    <Notice tone="warn" title={text.banner.title} action={button}>
      {text.banner.words}
    </Notice>
  )
}
