import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { readProblem } from '../lib/problem.ts';
import { useStrings } from '../lib/strings/language.tsx';
import { CopyText } from './copy-text.tsx';
import { Icon } from './icon.tsx';

interface Props {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** What went wrong, in plain words, with the request id that support finds it by. */
export function ProblemAlert({ error, onRetry }: Props) {
  const strings = useStrings();
  const { name, requestId } = readProblem(error);
  return (
    <Alert role="alert" color="red" variant="light" icon={<Icon name="alert" />} title={strings.problemTitle}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{strings.problems[name]}</Text>
        {requestId !== null && (
          <Group gap={6} fz="xs" c="var(--kekal-quiet)">
            {strings.requestId}
            <CopyText text={requestId} label={strings.requestId} />
          </Group>
        )}
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {strings.tryAgain}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
