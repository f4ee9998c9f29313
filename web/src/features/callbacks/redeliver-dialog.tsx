import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { Icon } from '../../components/icon.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import type { Outputs } from '../../lib/api.ts';
import { useStrings } from '../../lib/strings/language.tsx';
import type { Strings } from '../../lib/strings/en.ts';
import { useRedeliver } from './use-redeliver.ts';

interface Props {
  readonly callback: { readonly id: string; readonly url: string };
  readonly opened: boolean;
  readonly onClose: () => void;
}

type Outcome = Outputs['callback']['redeliver']['outcome'];

/** Asks, sends, waits, and says what came of it. */
export function RedeliverDialog({ callback, opened, onClose }: Props) {
  const strings = useStrings();
  const words = strings.callback;
  const { mutation, send, renew } = useRedeliver(callback.id);
  useEffect(() => {
    if (opened) renew();
  }, [opened, renew]);
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={mutation.data ? words.redeliverDone : words.redeliverTitle}
    >
      <Stack gap="md">
        {!mutation.data && (
          <>
            <Text size="sm">{words.redeliverLead}</Text>
            <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {callback.url}
            </Code>
          </>
        )}
        <div aria-live="polite">
          {mutation.isPending && <Text size="sm">{words.sending}</Text>}
          {mutation.data && <Result outcome={mutation.data.outcome} />}
        </div>
        {mutation.error && <ProblemAlert error={mutation.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {mutation.data ? strings.close : strings.cancel}
          </Button>
          {!mutation.data && (
            <Button loading={mutation.isPending} onClick={send} data-autofocus>
              {words.redeliverConfirm}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}

function Result({ outcome }: { readonly outcome: Outcome }) {
  const strings = useStrings();
  const good = outcome?.kind === 'attempted' && outcome.outcome === 'delivered';
  return (
    <Alert
      color={good ? 'green' : outcome === null ? 'blue' : 'orange'}
      icon={<Icon name={good ? 'check' : 'alert'} />}
    >
      {sentenceOf(outcome, strings)}
    </Alert>
  );
}

function sentenceOf(outcome: Outcome, { callback: words }: Strings): string {
  if (outcome === null) return words.sentOpen;
  if (outcome.kind !== 'attempted') return words.sentNotNow;
  const status = outcome.httpStatus === null ? null : words.http(outcome.httpStatus);
  if (outcome.outcome === 'refused') return words.sentRefused;
  if (outcome.outcome === 'delivered') return words.sentDelivered(status ?? '');
  return status === null ? words.sentNoAnswer : words.sentFailed(status);
}
