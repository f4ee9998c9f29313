import { Badge } from '@mantine/core';
import type { Mode } from '#domain/tenant.ts';
import { useStrings } from '../lib/strings/language.tsx';

/** Whether money moves here. */
export function ModeBadge({ mode }: { readonly mode: Mode }) {
  const { modes, modeHints } = useStrings();
  return (
    <Badge
      size="sm"
      variant={mode === 'live' ? 'filled' : 'light'}
      color={mode === 'live' ? 'jade' : 'orange.9'}
      title={modeHints[mode]}
      style={{ flexShrink: 0 }}
    >
      {modes[mode]}
    </Badge>
  );
}
