import { Anchor, Box, Button, Code, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Card } from '../../components/card.tsx';
import { Icon } from '../../components/icon.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { StateBadge, type Tone } from '../../components/state-badge.tsx';
import type { Outputs } from '../../lib/api.ts';
import { useMay } from '../../lib/me.tsx';
import { useStrings } from '../../lib/strings/language.tsx';
import { AttemptList } from './attempt-list.tsx';
import { NextAttempt } from './next-attempt.tsx';
import { RedeliverDialog } from './redeliver-dialog.tsx';
import { useCallbackDetails } from './use-callback-details.ts';

type Callback = Outputs['bill']['get']['callbacks'][number];

const TONE: Readonly<Record<Callback['status'], Tone>> = {
  pending: 'waiting',
  delivered: 'good',
  dropped: 'bad',
  cancelled: 'over',
};

/** One message that we owe: what was tried, what comes next, and one more by hand. */
export function CallbackPanel({ callback }: { readonly callback: Callback }) {
  const strings = useStrings();
  const words = strings.callback;
  const mayRedeliver = useMay('callback:redeliver');
  const [asking, setAsking] = useState(false);
  const details = useCallbackDetails(callback.id);
  const { status, url } = details.data ?? callback;
  return (
    <Card as="article" label={callback.id}>
      <Group justify="space-between" p="md" gap="sm" align="flex-start">
        <Box flex="1 1 14rem" miw={0}>
          <Group gap="xs" mb={4}>
            <StateBadge tone={TONE[status]}>{words.statuses[status]}</StateBadge>
            {details.data && (
              <Text size="xs" c="var(--kekal-quiet)">
                {words.schedule} {details.data.schedule}
              </Text>
            )}
          </Group>
          <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
            POST {url}
          </Text>
        </Box>
        {mayRedeliver && (
          <Button
            size="xs"
            variant="light"
            leftSection={<Icon name="resend" size={14} />}
            onClick={() => setAsking(true)}
            style={{ flexShrink: 0 }}
          >
            {words.redeliver}
          </Button>
        )}
      </Group>
      {details.isPending && <Skeleton height={56} mx="md" mb="md" width="auto" />}
      {details.error && !details.data && (
        <Box px="md" pb="md">
          <ProblemAlert error={details.error} onRetry={() => void details.refetch()} />
        </Box>
      )}
      {details.data && (
        <>
          {status === 'pending' && <NextAttempt details={details.data} />}
          {status === 'dropped' && (
            <Text size="sm" px="md" pb="sm">
              {details.data.reason ?? words.dropped}
            </Text>
          )}
          <AttemptList details={details.data} />
          <Footer details={details.data} />
        </>
      )}
      <RedeliverDialog callback={{ id: callback.id, url }} opened={asking} onClose={() => setAsking(false)} />
    </Card>
  );
}

function Footer({ details }: { readonly details: Outputs['callback']['get'] }) {
  const words = useStrings().callback;
  return (
    <Stack gap="xs" px="md" py="sm" style={{ borderTop: '1px solid var(--kekal-line)' }}>
      <Group gap="md" justify="space-between">
        <Text size="xs" c="var(--kekal-quiet)">
          {words.webhookId} <Code>{details.id}</Code>
        </Text>
        {details.workflowUrl !== null && (
          <Anchor size="xs" href={details.workflowUrl} target="_blank" rel="noreferrer">
            <Group gap={4}>
              {words.workflow}
              <Icon name="external" size={13} />
            </Group>
          </Anchor>
        )}
      </Group>
      <details>
        <Text component="summary" size="xs" style={{ cursor: 'pointer' }}>
          {words.body}
        </Text>
        <Code block mt="xs" tabIndex={0}>
          {details.body.split('&').map(readable).join('\n')}
        </Code>
      </details>
    </Stack>
  );
}

/** One field of a form as people read it. */
function readable(pair: string): string {
  const [[name, value] = [pair, '']] = new URLSearchParams(pair);
  return `${name} = ${value}`;
}
