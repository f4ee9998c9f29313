import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../../lib/api.ts';

/** Signs in, then forgets whatever was read as somebody else. */
export function useSignIn(onSignedIn: () => void) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return useMutation(
    trpc.session.signIn.mutationOptions({
      onSuccess: () => {
        queries.clear();
        onSignedIn();
      },
    }),
  );
}
