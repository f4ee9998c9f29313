import classes from './state-badge.module.css';

/** How a state feels, whatever the object. */
export type Tone = 'good' | 'waiting' | 'bad' | 'over';

/** A dot and a word: the colour alone never tells. */
export function StateBadge({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      <span className={classes.dot} aria-hidden="true" />
      {children}
    </span>
  );
}
