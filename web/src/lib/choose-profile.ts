import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from './api.ts';

/** Switches the session's profile, then forgets whatever was read in another one. */
export function useChooseProfile(onChosen: () => void) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return useMutation(
    trpc.session.chooseProfile.mutationOptions({
      onSuccess: () => {
        queries.clear();
        onChosen();
      },
    }),
  );
}
