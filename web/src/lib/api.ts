import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#api/trpc/router.ts';

export type Outputs = inferRouterOutputs<AppRouter>;
export type ApiClient = TRPCClient<AppRouter>;

/** The server takes calls with this header only: no foreign page can send it. */
const PORTAL_HEADER = 'x-kekal-portal';

/** `shownProfileId` is 0 before a profile is chosen. The server refuses when the session works in another one. */
export function createApiClient(shownProfileId: () => number): ApiClient {
  return createTRPCClient<AppRouter>({
    links: [httpLink({ url: '/trpc', headers: () => ({ [PORTAL_HEADER]: String(shownProfileId()) }) })],
  });
}

export const { TRPCProvider, useTRPC } = createTRPCContext<AppRouter>();
