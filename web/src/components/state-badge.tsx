import { Tooltip } from '@mantine/core';
import classes from './state-badge.module.css';

/** How a state feels, whatever the object. */
export type Tone = 'good' | 'waiting' | 'warning' | 'bad' | 'over';

interface Props {
  readonly tone: Tone;
  /** Why it is so; shown on hovering, touching and with the focus. */
  readonly hint?: string;
  readonly children: string;
}

/** A dot and a word: the colour alone never tells. */
export function StateBadge({ tone, hint, children }: Props) {
  const badge = (
    <span className={classes.badge} data-tone={tone}>
      <span className={classes.dot} aria-hidden="true" />
      {children}
    </span>
  );
  if (hint === undefined) return badge;
  return (
    <Tooltip label={hint} multiline maw={300} events={{ hover: true, focus: true, touch: true }}>
      {badge}
    </Tooltip>
  );
}
