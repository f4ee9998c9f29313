import { Code, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { StateBadge, type Tone } from '../../components/state-badge.tsx';
import { When } from '../../components/when.tsx';
import type { Outputs } from '../../lib/api.ts';
import { formatTook } from '../../lib/format-time.ts';
import { useStrings } from '../../lib/strings/language.tsx';
import classes from './attempt-list.module.css';

type Details = Outputs['callback']['get'];
type Attempt = Details['attempts'][number];

const TONE: Readonly<Record<NonNullable<Attempt['outcome']> | 'running', Tone>> = {
  delivered: 'good',
  failed: 'bad',
  refused: 'bad',
  running: 'waiting',
};

/** The past and the future of a callback on one line of time. */
export function AttemptList({ details }: { readonly details: Details }) {
  const words = useStrings().callback;
  const made = details.attempts.filter(({ byHand }) => !byHand).length;
  const coming = (details.plan ?? []).filter(({ kind, number }) => kind === 'coming' && number > made);
  if (details.attempts.length === 0 && coming.length === 0) {
    return (
      <Text size="sm" px="md" pb="md" c="var(--kekal-quiet)">
        {words.noAttempts}
      </Text>
    );
  }
  return (
    <ol className={classes.list} aria-label={words.attempts}>
      {details.attempts.map((attempt) => (
        <Made key={attempt.id} attempt={attempt} max={details.attemptsMax} />
      ))}
      {details.status === 'pending' &&
        coming.map(({ number, atMs }) => (
          <Step key={number} tone="coming" title={words.attemptOf(number, details.attemptsMax)}>
            <Text size="sm" c="var(--kekal-quiet)" title={words.plannedHint}>
              {words.planned} <When atMs={atMs} seconds />
            </Text>
          </Step>
        ))}
    </ol>
  );
}

function Made({ attempt, max }: { readonly attempt: Attempt; readonly max: number }) {
  const strings = useStrings();
  const words = strings.callback;
  const outcome = attempt.outcome ?? 'running';
  return (
    <Step tone={TONE[outcome]} title={attempt.byHand ? words.byHand : words.attemptOf(attempt.number, max)}>
      <Group gap={8} fz="sm">
        <StateBadge tone={TONE[outcome]}>{words.outcomes[outcome]}</StateBadge>
        <Answered attempt={attempt} />
        <When atMs={attempt.startedAtMs} seconds />
        {attempt.durationMs !== null && (
          <Text size="sm" c="var(--kekal-quiet)">
            {words.took(formatTook(attempt.durationMs, strings))}
          </Text>
        )}
        {attempt.crashDuplicate && (
          <StateBadge tone="warning" hint={words.crashDuplicateHint}>
            {words.crashDuplicate(attempt.sends)}
          </StateBadge>
        )}
      </Group>
      {attempt.error !== null && (
        <Text size="sm" c="var(--kekal-quiet)" style={{ overflowWrap: 'anywhere' }}>
          {attempt.error}
        </Text>
      )}
      {attempt.answerHead !== null && <Answer head={attempt.answerHead} />}
    </Step>
  );
}

function Answered({ attempt: { httpStatus, outcome } }: { readonly attempt: Attempt }) {
  const words = useStrings().callback;
  if (httpStatus !== null) return <Code>{words.http(httpStatus)}</Code>;
  return outcome === 'failed' ? <Code>{words.noAnswer}</Code> : null;
}

function Answer({ head }: { readonly head: string }) {
  const words = useStrings().callback;
  return (
    <details>
      <Text component="summary" size="xs" style={{ cursor: 'pointer' }}>
        {words.answer}
      </Text>
      {head === '' ? (
        <Text size="xs" c="var(--kekal-quiet)">
          {words.answerEmpty}
        </Text>
      ) : (
        <Code block mt={4} mah={200} style={{ overflow: 'auto' }} tabIndex={0}>
          {head}
        </Code>
      )}
    </details>
  );
}

interface StepProps {
  readonly tone: Tone | 'coming';
  readonly title: string;
  readonly children: ReactNode;
}

function Step({ tone, title, children }: StepProps) {
  return (
    <li className={classes.step} data-tone={tone}>
      <span className={classes.knot} aria-hidden="true" />
      <div className={classes.body}>
        <Text size="sm" fw={600} mb={2}>
          {title}
        </Text>
        {children}
      </div>
    </li>
  );
}
