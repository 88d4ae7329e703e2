/** The frame of every screen: navigation at the side (behind a menu button in a narrow window), banners, content. */
import { AppShell, Burger } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { VaultBanner } from '#renderer/features/vault/index.ts'
import { Icon, type IconName, Logo } from '#renderer/ui/icons.tsx'
import { Notice } from '#renderer/ui/notice.tsx'
import type { ErrorInfo } from '#shared/errors.ts'
import { Commands } from './commands.tsx'
import { Routes } from './routes.tsx'
import { ScreenGuard } from './screen-guard.tsx'
import { useAnswer } from './session-queries.ts'
import classes from './shell.module.css'
import { text } from './text.ts'

const places: readonly { readonly href: string; readonly label: string; readonly icon: IconName }[] = [
  { href: '/', label: text.nav.home, icon: 'home' },
  { href: '/connections', label: text.nav.connections, icon: 'connections' },
  { href: '/integrations', label: text.nav.integrations, icon: 'integrations' },
  { href: '/runs', label: text.nav.runs, icon: 'runs' },
  { href: '/attention', label: text.nav.attention, icon: 'warn' },
  { href: '/settings', label: text.nav.settings, icon: 'settings' },
]

/** Whether the host answers, and what its core is answered for with meanwhile. */
export interface LineState {
  readonly isConnected: boolean
  readonly trouble: ErrorInfo | null
}

export function Shell({ line }: { readonly line: LineState }) {
  const [isOpen, menu] = useDisclosure(false)
  const [address] = useLocation()
  const main = useRef<HTMLDivElement>(null)
  const [isPaletteOpen, setPaletteOpen] = useState(false)
  return (
    <AppShell
      header={{ height: { base: 56, sm: 0 } }}
      navbar={{ width: 236, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={0}
    >
      <button type="button" className={classes.skip} onClick={() => main.current?.focus()}>
        {text.skip}
      </button>
      <AppShell.Header className={classes.header} hiddenFrom="sm">
        <Brand />
        <Burger opened={isOpen} onClick={menu.toggle} aria-label={text.menu} aria-expanded={isOpen} size="sm" />
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} aria-label={text.main}>
        <div className={classes.sideBrand}>
          <Brand />
        </div>
        <button
          type="button"
          className={classes.find}
          onClick={() => setPaletteOpen(true)}
          aria-keyshortcuts="Control+K"
        >
          <Icon name="search" size={17} />
          {text.find}
          <span className={classes.findKey}>{text.findKey}</span>
        </button>
        <Places address={address} onGo={menu.close} />
        <Foot />
      </AppShell.Navbar>
      <AppShell.Main>
        <div ref={main} id="main" tabIndex={-1} className={classes.content}>
          <div className={classes.banners}>
            <div role="status">
              <LineNotice line={line} />
            </div>
            <VaultBanner />
          </div>
          <ScreenGuard address={address}>
            <Routes />
          </ScreenGuard>
        </div>
      </AppShell.Main>
      <Commands isPaletteOpen={isPaletteOpen} onPalette={setPaletteOpen} />
    </AppShell>
  )
}

function LineNotice({ line: { isConnected, trouble } }: { readonly line: LineState }) {
  if (!isConnected)
    return (
      <Notice tone="warn" title={text.lost.title}>
        {text.lost.words}
      </Notice>
    )
  if (!trouble) return null
  const comesBack = trouble.kind === 'transient'
  return (
    <Notice tone={comesBack ? 'warn' : 'bad'} title={trouble.message}>
      {[trouble.kept, comesBack ? text.lost.comesBack : trouble.next].filter(Boolean).join(' ')}
    </Notice>
  )
}

function Brand() {
  return (
    <span className={classes.brand}>
      <Logo />
      {text.name}
    </span>
  )
}

function Places({ address, onGo }: { readonly address: string; readonly onGo: () => void }) {
  return (
    <ul className={classes.places}>
      {places.map(({ href, label, icon }) => (
        <li key={href}>
          <Link
            href={href}
            className={classes.place}
            aria-current={isWithin(address, href) ? 'page' : undefined}
            onClick={onGo}
          >
            <Icon name={icon} />
            {label}
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** Plans belong to integrations. */
function isWithin(address: string, href: string): boolean {
  if (
    href === '/integrations' &&
    ['/plans/', '/sets/', '/add/integration', '/add/leg/'].some((start) => address.startsWith(start))
  )
    return true
  if (href === '/connections' && address.startsWith('/add/connection')) return true
  return address === href || (href !== '/' && address.startsWith(`${href}/`))
}

function Foot() {
  const { data } = useAnswer('system.status', {})
  return (
    <div className={classes.foot}>
      <div>{text.stays}</div>
      <div>{data ? text.version(data.version) : '\u00a0'}</div>
    </div>
  )
}
