/** Where the keyboard goes when a conflict is saved: to the next one that is open, else to the button that runs again. */
export function focusNextConflict(form: HTMLFormElement): void {
  const open = [...document.querySelectorAll<HTMLFormElement>('form[data-conflict]')]
  const at = open.indexOf(form)
  const next = open[at + 1] ?? open.find((one) => one !== form)
  const target = next
    ? next.querySelector<HTMLInputElement>('input[type=radio]')
    : document.querySelector<HTMLElement>('[data-run-again]')
  target?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}
