/** The first script of the window: guards markup, opens the session, then draws. */
import './styles.ts'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { LookProvider } from './look-provider.tsx'
import { NeedsLinkPage } from './needs-link-page.tsx'
import { openSession } from './session-client.ts'
import { guardMarkup } from './trusted-types.ts'

guardMarkup()

const container = document.getElementById('root')
if (!container) throw new Error('the page has no root element')
const root = createRoot(container)
const needsLink = (): void =>
  root.render(
    <LookProvider>
      <NeedsLinkPage />
    </LookProvider>,
  )

const session = await openSession()
if (session === 'ready')
  root.render(
    <LookProvider>
      <App onSessionEnd={needsLink} />
    </LookProvider>,
  )
else needsLink()
