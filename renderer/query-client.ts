/** One cache for all answers of the API; typed hooks over it. */
import {
  MutationCache,
  QueryCache,
  QueryClient,
  type QueryKey,
  type UseMutationResult,
  type UseQueryOptions,
  type UseQueryResult,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import { type RouteName, routes } from '../core/api/contract.ts';
import { ApiFailure, call, type Input, type Result } from './api.ts';
import { session } from './session.ts';
import { showFailure } from './toasts.ts';

function noticeSignedOut(error: Error): void {
  if (error instanceof ApiFailure && error.problem?.code === 'not-signed-in') session.set('signed-out');
}

function isWorthAnotherTry(failures: number, error: Error): boolean {
  return error instanceof ApiFailure && error.problem === undefined && failures < 2;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, retry: isWorthAnotherTry, refetchOnWindowFocus: false },
  },
  queryCache: new QueryCache({ onError: noticeSignedOut }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _context, mutation) => {
      noticeSignedOut(error);
      const showsItself = mutation.meta?.['showsErrors'] === true;
      if (!showsItself) showFailure(error);
    },
  }),
});

export function keyOf<N extends RouteName>(name: N, input?: Input<N>): QueryKey {
  return input === undefined ? [name] : [name, input];
}

type ReadOptions<N extends RouteName> = Pick<
  UseQueryOptions<Result<N>, Error>,
  'enabled' | 'placeholderData' | 'refetchInterval' | 'staleTime' | 'gcTime'
>;

/** False for what the role of who is signed in would be refused; not known yet: true. */
function isPermitted(name: RouteName): boolean {
  const { access } = routes[name];
  const viewer = queryClient.getQueryData<Result<'getSession'>>(keyOf('getSession'));
  return viewer === undefined || access === 'open' || viewer.permissions.includes(access);
}

/** Reads a route through the cache; what the viewer may not read is not asked for. */
export function useRead<N extends RouteName>(
  name: N,
  input?: Input<N>,
  options: ReadOptions<N> = {},
): UseQueryResult<Result<N>, Error> {
  return useQuery<Result<N>, Error>({
    queryKey: keyOf(name, input),
    queryFn: () => (call as (name: N, input?: Input<N>) => Promise<Result<N>>)(name, input),
    ...options,
    enabled: options.enabled !== false && isPermitted(name),
  });
}

interface WriteOptions<N extends RouteName> {
  /** Routes whose answers this write makes old. */
  readonly refresh?: readonly RouteName[];
  readonly onDone?: (result: Result<N>, input: Input<N>) => void;
  /** The form shows the failure at its fields; no toast. */
  readonly showsErrors?: boolean;
}

/** Writes through a route. Failures become a toast unless the form shows them itself. */
export function useWrite<N extends RouteName>(
  name: N,
  { refresh = [], onDone, showsErrors = false }: WriteOptions<N> = {},
): UseMutationResult<Result<N>, Error, Input<N>> {
  return useMutation<Result<N>, Error, Input<N>>({
    meta: { showsErrors },
    mutationFn: (input) => (call as (name: N, input: Input<N>) => Promise<Result<N>>)(name, input),
    onSuccess: (result, input) => {
      for (const route of refresh) void queryClient.invalidateQueries({ queryKey: keyOf(route) });
      onDone?.(result, input);
    },
  });
}
