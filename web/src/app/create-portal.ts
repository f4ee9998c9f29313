import { notifications } from '@mantine/notifications';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { createElement } from 'react';
import { createApiClient } from '../lib/api.ts';
import { ME_KEY, type Me, meOptions } from '../lib/me.tsx';
import { isWorthRetrying, readProblem, type ShownProblem } from '../lib/problem.ts';
import { createPortalRouter } from './router.tsx';
import { ProfileChanged } from './screens.tsx';

const FRESH_MS = 5_000;
const MOVED: readonly ShownProblem['name'][] = ['signed_out', 'profile_changed', 'no_profile'];

function isOfProfile({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean {
  return queryKey[0] !== ME_KEY[0];
}

/** What one open page of the portal is made of. */
export function createPortal() {
  const queries = new QueryClient({
    // Who is signed in is what following asks: were it followed too, it would never end.
    queryCache: new QueryCache({ onError: (error, query) => isOfProfile(query) && onError(error) }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: FRESH_MS, retry: isWorthRetrying },
      mutations: { retry: false },
    },
  });
  const client = createApiClient(() => queries.getQueryData<Me | null>(ME_KEY)?.profile?.id ?? 0);
  const router = createPortalRouter({ queries, client });

  let following = false;

  /** The session ended or moved to another profile elsewhere: this page follows, and keeps nothing of before. */
  async function follow(name: ShownProblem['name']): Promise<void> {
    if (following || !MOVED.includes(name)) return;
    following = true;
    if (name === 'profile_changed') notifications.show({ message: createElement(ProfileChanged) });
    try {
      await queries.fetchQuery({ ...meOptions(client), staleTime: 0 });
      queries.removeQueries({ predicate: isOfProfile });
      await router.invalidate();
      await queries.resetQueries({ predicate: isOfProfile });
    } catch {
      // Who is signed in cannot be told just now: the screen says what the failed call said.
    } finally {
      following = false;
    }
  }

  function onError(error: unknown): void {
    void follow(readProblem(error).name);
  }

  return { queries, client, router };
}
