import { formatInstant } from '../lib/format-time.ts';
import { useMe } from '../lib/me.tsx';
import { useLanguage } from '../lib/strings/language.tsx';

/** An instant in the profile's zone; the exact one in UTC on hovering. */
export function When({ atMs, seconds = false }: { readonly atMs: number; readonly seconds?: boolean }) {
  const { language } = useLanguage();
  const { timeZone } = useMe().profile;
  const iso = new Date(atMs).toISOString();
  return (
    <time dateTime={iso} title={iso} style={{ whiteSpace: 'nowrap' }}>
      {formatInstant(atMs, { timeZone, language }, seconds)}
    </time>
  );
}
