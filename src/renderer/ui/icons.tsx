/** The few pictures of the window, drawn here: one stroke width, one size, hidden from screen readers (words stand beside them). */
import type { ReactNode } from 'react'

export const iconNames = [
  'home',
  'connections',
  'integrations',
  'runs',
  'ok',
  'warn',
  'bad',
  'info',
  'quiet',
  'arrow',
  'both-ways',
  'next',
  'back',
  'key',
  'play',
  'plan',
  'settings',
  'search',
] as const
export type IconName = (typeof iconNames)[number]

const shapes: Readonly<Record<IconName, ReactNode>> = {
  home: <path d="M3.5 10.5 12 3.8l8.5 6.7V20h-5.6v-5.4H9.1V20H3.5z" />,
  connections: (
    <>
      <path d="M8.5 3.5v4.2M15.5 3.5v4.2M6 7.7h12v3.8a6 6 0 0 1-12 0zM12 17.5v3.2" />
    </>
  ),
  integrations: (
    <>
      <path d="M7.8 6.5c7.4 0 1 11 8.4 11" />
      <circle cx="5.5" cy="6.5" r="2.3" />
      <circle cx="18.5" cy="17.5" r="2.3" />
    </>
  ),
  runs: (
    <>
      <path d="M4 6.5h9M4 12h16M4 17.5h12" />
      <circle cx="18" cy="6.5" r="1.6" />
    </>
  ),
  settings: (
    <>
      <path d="M4 7.5h9M18.5 7.5H20M4 16.5h1.5M11 16.5h9" />
      <circle cx="15.8" cy="7.5" r="2.4" />
      <circle cx="8.2" cy="16.5" r="2.4" />
    </>
  ),
  search: (
    <>
      <circle cx="10.8" cy="10.8" r="6.3" />
      <path d="m15.5 15.5 4.7 4.7" />
    </>
  ),
  ok: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="m8.3 12.3 2.5 2.5 4.9-5.2" />
    </>
  ),
  warn: (
    <>
      <path d="M12 4 21 19.5H3z" />
      <path d="M12 10v4.2M12 16.9v.1" />
    </>
  ),
  bad: (
    <>
      <path d="M8.2 3.8h7.6l4.4 4.4v7.6l-4.4 4.4H8.2l-4.4-4.4V8.2z" />
      <path d="m9.3 9.3 5.4 5.4M14.7 9.3l-5.4 5.4" />
    </>
  ),
  info: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 11v5.2M12 7.8v.1" />
    </>
  ),
  quiet: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M8.5 12h7" />
    </>
  ),
  arrow: <path d="M4 12h15.5M14 6.5l5.5 5.5-5.5 5.5" />,
  'both-ways': <path d="M4 8.5h15.5M15.5 4.5l4 4-4 4M20 15.5H4.5M8.5 11.5l-4 4 4 4" />,
  next: <path d="m9.5 5.5 6.5 6.5-6.5 6.5" />,
  back: <path d="M14.5 5.5 8 12l6.5 6.5" />,
  key: (
    <>
      <circle cx="8" cy="15.5" r="4" />
      <path d="m11 12.5 8.5-8.5M16 7.5l2.6 2.6M18.6 5l1.6 1.6" />
    </>
  ),
  play: <path d="M7 4.5v15l12-7.5z" />,
  plan: <path d="M5.5 3.8h13v16.4h-13zM9 8.5h6M9 12h6M9 15.5h3.5" />,
}

export interface IconProps {
  readonly name: IconName
  readonly size?: number
}

export function Icon({ name, size = 20 }: IconProps) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {shapes[name]}
    </svg>
  )
}

/** The mark of Patchbay: two jacks and the cord between them. */
export function Logo({ size = 30 }: { readonly size?: number }) {
  return <img src="./favicon.svg" width={size} height={size} alt="" />
}
