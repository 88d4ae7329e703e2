/** Shown where there is no session: how to get a new link. */

import { Logo } from '#renderer/ui/icons.tsx'
import classes from './needs-link-page.module.css'
import { text } from './text.ts'

export function NeedsLinkPage() {
  const { steps } = text.needsLink
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Logo size={44} />
        <h1>{text.needsLink.title}</h1>
        <p>{text.needsLink.words}</p>
        <h2>{text.needsLink.how}</h2>
        <ol>
          <li>{steps[0]}</li>
          <li>
            {steps[1]} <code>{text.needsLink.command}</code> {text.needsLink.or}{' '}
            <code>{text.needsLink.otherCommand}</code>
          </li>
          <li>{steps[2]}</li>
        </ol>
        <p className={classes.kept}>{text.needsLink.kept}</p>
      </div>
    </main>
  )
}
