/** What the settings screen asks and does. */
import { useState } from 'react'
import { host } from '#renderer/app/session-client.ts'
import { useAction, useAnswer } from '#renderer/app/session-queries.ts'
import type { Input } from '#shared/contract/contract.ts'
import { AppError, errorInfoOf } from '#shared/errors.ts'

export function useStatus() {
  return useAnswer('system.status', {})
}

export function useDoctor() {
  return useAction('system.doctor')
}

export function useBackup() {
  return useAction('backups.make')
}

export function useExport() {
  const action = useAction('definitions.export')
  const [refusal, setRefusal] = useState<AppError | null>(null)
  const offer = ({ text }: { text: string }): void => {
    const refuse = (thrown: unknown): void => setRefusal(new AppError(errorInfoOf(thrown)))
    void host.saveText('patchbay-definitions.yaml', text).catch(refuse)
  }
  const save = (): void => {
    setRefusal(null)
    action.mutate({}, { onSuccess: offer })
  }
  return { save, isPending: action.isPending, error: refusal ?? action.error }
}

export function useAllPause() {
  const pause = useAction('schedules.pause-all')
  const resume = useAction('schedules.resume-all')
  return {
    answer: useAnswer('schedules.list', {}),
    pause: () => pause.mutate({}),
    resume: () => resume.mutate({}),
    isPending: pause.isPending || resume.isPending,
    error: pause.error ?? resume.error,
  }
}

export function useHistory() {
  const facts = useAnswer('history.get', {})
  const change = useAction('history.set')
  return {
    facts,
    save: (settings: Input<'history.set'>) => change.mutate(settings, { onSuccess: () => void facts.refetch() }),
    isPending: change.isPending,
    isSaved: change.isSuccess,
    error: change.error,
  }
}
