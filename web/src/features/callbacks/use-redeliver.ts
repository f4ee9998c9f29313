import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTRPC } from '../../lib/api.ts';
import { newIdempotencyKey } from '../../lib/idempotency-key.ts';

/**
 * One redelivery. Trying again after a lost answer is the same command, by its key; `renew` begins another one.
 * Afterwards everything that shows the callback is read again.
 */
export function useRedeliver(callbackId: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [idempotencyKey, setKey] = useState(newIdempotencyKey);
  const mutation = useMutation(
    trpc.callback.redeliver.mutationOptions({
      onSettled: () =>
        Promise.all([
          queries.invalidateQueries(trpc.callback.get.queryFilter({ callbackId })),
          queries.invalidateQueries(trpc.bill.get.queryFilter()),
        ]),
    }),
  );
  const { reset } = mutation;
  const renew = useCallback(() => {
    reset();
    setKey(newIdempotencyKey());
  }, [reset]);
  return { mutation, renew, send: () => mutation.mutate({ callbackId, idempotencyKey }) };
}
