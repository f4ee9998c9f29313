import { queryOptions } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { PERMISSIONS, type Permission } from '#domain/permissions.ts';
import type { ApiClient, Outputs } from './api.ts';

export type Me = NonNullable<Outputs['session']['me']>;

/** Whoever is signed in, in the profile that this page shows. */
export interface SignedIn extends Me {
  readonly profile: NonNullable<Me['profile']>;
}

export const ME_KEY = ['me'];

/** Null when nobody is signed in. Stays until something tells otherwise: the page shows one profile at a time. */
export function meOptions(client: ApiClient) {
  return queryOptions({
    queryKey: ME_KEY,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: (): Promise<Me | null> => client.session.me.query(),
  });
}

export const MeContext = createContext<SignedIn | null>(null);

export function useMe(): SignedIn {
  const me = use(MeContext);
  if (!me) throw new Error('only below the shell');
  return me;
}

/** Whether the screen offers it; the server decides anew with each call. */
export function useMay(permission: Permission): boolean {
  const { user } = useMe();
  return PERMISSIONS[permission][user.role] !== 'no';
}
