import { CloseButton, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useStrings } from '../lib/strings/language.tsx';

interface Props {
  readonly title: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialogue in the middle of the page. Its heading is no `header`: a page has one banner. */
export function Dialog({ title, opened, onClose, children }: Props) {
  const { close } = useStrings();
  return (
    <Modal.Root opened={opened} onClose={onClose} centered>
      <Modal.Overlay backgroundOpacity={0.45} />
      <Modal.Content>
        <Modal.Body pt="md">
          <Group justify="space-between" wrap="nowrap" align="flex-start" mb="md">
            <Modal.Title fw={650}>{title}</Modal.Title>
            <CloseButton aria-label={close} onClick={onClose} />
          </Group>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
