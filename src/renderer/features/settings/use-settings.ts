/** What the settings screen asks and does. */
import { useAction, useAnswer } from '#renderer/app/session-queries.ts'

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
  return {
    save: () => action.mutate({}, { onSuccess: ({ text }) => offerFile(text, 'patchbay-definitions.yaml') }),
    isPending: action.isPending,
    error: action.error,
  }
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

/** Hands a text to the browser's own way of saving files. */
function offerFile(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
