import { Group, Text } from '@mantine/core';
import { When } from '../../components/when.tsx';
import type { Outputs } from '../../lib/api.ts';
import { formatWait } from '../../lib/format-time.ts';
import { useStrings } from '../../lib/strings/language.tsx';
import { useNow } from '../../lib/use-now.ts';
import classes from './next-attempt.module.css';

/** `Attempt 3 of 5 due at …, in 12 min 3 s`, from the running workflow. */
export function NextAttempt({ details }: { readonly details: Outputs['callback']['get'] }) {
  const strings = useStrings();
  const words = strings.callback;
  const nowMs = useNow(true);
  const next = details.plan?.find(({ kind }) => kind === 'coming');
  if (!next) {
    return details.plan === null ? (
      <Text size="sm" px="md" pb="sm" c="var(--kekal-quiet)">
        {words.planAway}
      </Text>
    ) : null;
  }
  const waitMs = next.atMs - nowMs;
  return (
    <Group className={classes.next} gap={6} wrap="wrap">
      <span className={classes.pulse} aria-hidden="true" />
      <span>{words.next(next.number, details.attemptsMax)}</span>
      <strong>
        <When atMs={next.atMs} seconds />
      </strong>
      <span className={classes.wait}>
        {waitMs > 0 ? words.dueIn(formatWait(waitMs, strings)) : words.dueNow}
      </span>
    </Group>
  );
}
