import type { Config } from './config.ts';
import type { TemporalViews } from './temporal-views.ts';

/** The same views, loaded with the first that is asked for: Temporal's client takes 48 MB, and bills need none of it. */
export function lazyTemporalViews(config: Config): TemporalViews {
  let loaded: Promise<TemporalViews> | undefined;
  const load = () => {
    loaded ??= import('./temporal-views.ts').then(({ openTemporalViews }) => openTemporalViews(config));
    return loaded;
  };
  return {
    workflows: {
      query: async <T>(...asked: Parameters<TemporalViews['workflows']['query']>) =>
        (await load()).workflows.query<T>(...asked),
    },
    time: { advanceTo: async (...move) => (await load()).time.advanceTo(...move) },
    close: async () => (await loaded)?.close(),
  };
}
