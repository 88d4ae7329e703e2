/** The check-up: everything that can be looked at without changing anything. */
import { Button } from '@mantine/core'
import { Card } from '#renderer/ui/card.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { StatusMark } from '#renderer/ui/status-mark.tsx'
import type { Output } from '#shared/contract/contract.ts'
import classes from './settings-screen.module.css'
import { text } from './text.ts'
import { useDoctor } from './use-settings.ts'

type Check = Output<'system.doctor'>['checks'][number]

export function CheckCard() {
  const doctor = useDoctor()
  return (
    <Card title={text.check.title}>
      <div className={classes.part}>
        <p>{text.check.words}</p>
        <Button variant="default" loading={doctor.isPending} onClick={() => doctor.mutate({})}>
          {text.check.button}
        </Button>
        <p role="status">{doctor.data && summaryOf(doctor.data.checks)}</p>
        {doctor.data && (
          <ul className={classes.checks} aria-label={text.check.title}>
            {doctor.data.checks.map((check) => (
              <li key={check.name}>
                <StatusMark tone={check.isOk ? 'ok' : 'warn'} word={check.isOk ? text.check.ok : text.check.bad} />
                <p>
                  {check.message} {check.next && <span className={classes.quiet}>{check.next}</span>}
                </p>
              </li>
            ))}
          </ul>
        )}
        {doctor.error && <ErrorNotice error={doctor.error.info} />}
      </div>
    </Card>
  )
}

function summaryOf(checks: readonly Check[]): string {
  const count = checks.filter(({ isOk }) => !isOk).length
  return count === 0 ? text.check.fine : text.check.troubles(count)
}
