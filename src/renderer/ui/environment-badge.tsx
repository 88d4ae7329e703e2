/** Practice, sandbox or production: different border, fill and word, so that nobody mistakes one for the other. */
import type { Environment } from '#shared/model/environment.ts'
import classes from './environment-badge.module.css'
import { text } from './text.ts'

export function EnvironmentBadge({ environment }: { readonly environment: Environment }) {
  return (
    <span className={classes.badge} data-environment={environment}>
      {text.environment[environment]}
    </span>
  )
}
