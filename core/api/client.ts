/**
 * The API as typed functions: `createClient({ baseUrl }).call('listCalls', { query: { limit: 50 } })`. Runs wherever
 * there is `fetch`; nothing here is Node's.
 */
import { type Problem, type RouteName, type Routes, routes, UNDO_HEADER } from './contract.ts';
import type { RouteDefinition, RouteInput, RouteResult } from './route.ts';

type Whole<N extends RouteName> = RouteInput<Routes[N]>;
type Part<T, K extends keyof T> = undefined extends T[K]
  ? unknown
  : Record<never, never> extends T[K]
    ? { readonly [P in K]?: T[P] }
    : { readonly [P in K]: T[P] };

/** Params, query and body of a route, each only where the route has it. */
export type ClientInput<N extends RouteName> = Part<Whole<N>, 'params'> &
  Part<Whole<N>, 'query'> &
  Part<Whole<N>, 'body'>;

type Arguments<N extends RouteName> =
  Record<never, never> extends ClientInput<N>
    ? readonly [input?: ClientInput<N>, signal?: AbortSignal]
    : readonly [input: ClientInput<N>, signal?: AbortSignal];

/** Bytes for files and event streams, nothing where the route answers nothing, else the checked JSON. */
export type ClientResult<N extends RouteName> = Routes[N] extends { readonly produces: 'file' | 'events' }
  ? Response
  : RouteResult<Routes[N]>;

/** A refusal of the API; `problem.title` is translated. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

export interface ClientOptions {
  /** `http://127.0.0.1:4680`; empty inside the pages. */
  readonly baseUrl: string;
  readonly fetch?: (request: Request) => Promise<Response>;
  readonly language?: 'vi' | 'en';
  /** Sent with every request, e.g. the session's cookie where no browser keeps it. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What was just changed can be taken back with this number. */
  readonly onUndoable?: (step: number) => void;
}

export interface Client {
  call<N extends RouteName>(name: N, ...args: Arguments<N>): Promise<ClientResult<N>>;
}

interface AnyInput {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** Address of a route under `baseUrl`, with its parameters filled in. */
export function routeAddress(route: RouteDefinition, input: AnyInput): string {
  const path = route.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(input.params?.[key] ?? '')));
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== null) query.set(key, String(value));
  }
  return query.size === 0 ? path : `${path}?${query}`;
}

async function problemIn(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    const body = JSON.parse(text) as Problem;
    if (typeof body.code === 'string') return body;
  } catch {
    // Not this API's own answer (a proxy, another program on the port): the status is all there is.
  }
  return {
    type: 'about:blank',
    title: `HTTP ${response.status}`,
    status: response.status,
    code: 'internal',
    values: {},
  };
}

export function createClient(options: ClientOptions): Client {
  const send = options.fetch ?? ((request: Request) => fetch(request));
  return {
    async call<N extends RouteName>(name: N, ...[input, signal]: Arguments<N>): Promise<ClientResult<N>> {
      const route: RouteDefinition = routes[name];
      const given = (input ?? {}) as AnyInput;
      const headers = new Headers(options.headers);
      if (options.language !== undefined) headers.set('x-tollbook-language', options.language);
      const isBytes = route.accepts === 'bytes';
      if (isBytes) headers.set('content-type', 'application/octet-stream');
      else if (given.body !== undefined) headers.set('content-type', 'application/json');
      const body = isBytes ? (given.body as Blob) : JSON.stringify(given.body);
      const request = new Request(`${options.baseUrl}${routeAddress(route, given)}`, {
        method: route.method,
        headers,
        ...(given.body !== undefined && { body }),
        ...(given.body instanceof ReadableStream && { duplex: 'half' as const }),
        ...(signal && { signal }),
      });
      const response = await send(request);
      if (!response.ok) throw new ProblemError(await problemIn(response));
      const step = response.headers.get(UNDO_HEADER);
      if (step !== null) options.onUndoable?.(Number(step));
      if (route.produces !== undefined) return response as ClientResult<N>;
      if (route.response === undefined) return undefined as ClientResult<N>;
      return (await response.json()) as ClientResult<N>;
    },
  };
}
