/** The last look before writes happen: how many, where, and what is left alone. */
import { Button, Group, Modal, Text } from '@mantine/core'
import type { PlanAnswer } from '#renderer/ui/run-view.ts'
import { approvalWords } from './plan-view.ts'
import { text } from './text.ts'

export interface ApproveDialogProps {
  readonly isOpen: boolean
  readonly plan: PlanAnswer
  readonly destination: string
  readonly onClose: () => void
  readonly onConfirm: () => void
}

export function ApproveDialog({ isOpen, plan, destination, onClose, onConfirm }: ApproveDialogProps) {
  const isUndo = plan.undoes !== null
  return (
    <Modal opened={isOpen} onClose={onClose} title={isUndo ? text.undo.confirmTitle : text.confirm.title}>
      <Text fw={550}>{approvalWords(plan, destination)}</Text>
      <Text mt="xs" c="dimmed" size="sm">
        {isUndo ? text.undo.later : text.confirm.later}
      </Text>
      <Group mt="lg" justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {text.confirm.no}
        </Button>
        <Button onClick={onConfirm} data-autofocus>
          {isUndo ? text.undo.confirmYes : text.confirm.yes}
        </Button>
      </Group>
    </Modal>
  )
}
