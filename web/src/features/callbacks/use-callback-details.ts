import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../lib/api.ts';

const PENDING_MS = 4_000;
const SETTLED_MS = 20_000;

/** Attempts and live plan, read again while the page is open: sooner as long as something is to come. */
export function useCallbackDetails(callbackId: string) {
  const trpc = useTRPC();
  return useQuery({
    ...trpc.callback.get.queryOptions({ callbackId }),
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? PENDING_MS : SETTLED_MS),
  });
}
