import { notifications } from '@mantine/notifications';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { createElement } from 'react';
import { createApiClient } from '../lib/api.ts';
import { ME_KEY, type Me } from '../lib/me.tsx';
import { isWorthRetrying, readProblem } from '../lib/problem.ts';
import { createPortalRouter } from './router.tsx';
import { ProfileChanged } from './screens.tsx';

const FRESH_MS = 5_000;

/** What one open page of the portal is made of. */
export function createPortal() {
  const queries = new QueryClient({
    // Who is signed in is what following asks: were it followed too, it would never end.
    queryCache: new QueryCache({
      onError: (error, { queryKey }) => queryKey[0] !== ME_KEY[0] && follow(error),
    }),
    mutationCache: new MutationCache({ onError: (error) => follow(error) }),
    defaultOptions: {
      queries: { staleTime: FRESH_MS, retry: isWorthRetrying },
      mutations: { retry: false },
    },
  });
  const client = createApiClient(() => queries.getQueryData<Me | null>(ME_KEY)?.profile?.id ?? 0);
  const router = createPortalRouter({ queries, client });

  /** The session ended or moved to another profile elsewhere: this page follows, and keeps nothing of before. */
  function follow(error: unknown): void {
    const { name } = readProblem(error);
    if (name !== 'signed_out' && name !== 'profile_changed' && name !== 'no_profile') return;
    if (name === 'profile_changed') notifications.show({ message: createElement(ProfileChanged) });
    queries.clear();
    void router.invalidate();
  }

  return { queries, client, router };
}
