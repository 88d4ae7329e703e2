/** Asks before a run is cancelled, and says what stays. */
import { Button, Group, Modal, Text } from '@mantine/core'
import { text } from './text.ts'

export interface CancelDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onConfirm: () => void
}

export function CancelDialog({ isOpen, onClose, onConfirm }: CancelDialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={text.cancelTitle}>
      <Text>{text.cancelWords}</Text>
      <Group mt="lg" justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {text.cancelNo}
        </Button>
        <Button color="red.9" onClick={onConfirm}>
          {text.cancelYes}
        </Button>
      </Group>
    </Modal>
  )
}
