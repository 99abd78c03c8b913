import { queryClient, useWrite } from '../../query-client.ts';
import { session } from '../../session.ts';

/** Ends this session; what was seen in it is forgotten. */
export function useSignOut() {
  return useWrite('signOut', {
    onDone: () => {
      session.set('signed-out');
      queryClient.clear();
    },
  });
}
