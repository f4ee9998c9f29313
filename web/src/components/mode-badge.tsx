import type { Mode } from '#domain/tenant.ts';
import { useStrings } from '../lib/strings/language.tsx';
import { StateBadge } from './state-badge.tsx';

/** Whether money moves here. */
export function ModeBadge({ mode }: { readonly mode: Mode }) {
  const { modes, modeHints } = useStrings();
  return (
    <StateBadge tone={mode === 'live' ? 'good' : 'warning'} hint={modeHints[mode]}>
      {modes[mode]}
    </StateBadge>
  );
}
