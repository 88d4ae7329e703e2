/** A button that asks before it does something that cannot be taken back by the next click. */
import { Button, Group, Modal, Stack } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { AppError } from '#shared/errors.ts'
import { ErrorNotice } from './error-notice.tsx'

export interface ConfirmButtonProps {
  readonly label: string
  readonly title: string
  readonly yes: string
  readonly no: string
  readonly isDangerous?: boolean
  readonly isBusy: boolean
  readonly error: AppError | null
  /** Closes the question when it calls back. */
  readonly onConfirm: (close: () => void) => void
  /** What happens, in words; drawn only while it is asked. */
  readonly children: ReactNode
}

export function ConfirmButton(props: ConfirmButtonProps) {
  const { label, title, isDangerous = false, isBusy, error } = props
  const [isOpen, setOpen] = useState(false)
  const close = (): void => setOpen(false)
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal opened={isOpen} onClose={close} title={title}>
        {isOpen && (
          <Stack gap="sm">
            {props.children}
            {error && <ErrorNotice error={error.info} />}
            <Group mt="sm" justify="flex-end">
              <Button variant="default" onClick={close} data-autofocus>
                {props.no}
              </Button>
              <Button
                {...(isDangerous ? { color: 'red.9' } : {})}
                loading={isBusy}
                onClick={() => props.onConfirm(close)}
              >
                {props.yes}
              </Button>
            </Group>
          </Stack>
        )}
      </Modal>
    </>
  )
}
