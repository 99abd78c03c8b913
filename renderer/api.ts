/** The only fetch of the pages: typed calls of the API's routes. Every failure is an `ApiFailure`. */
import { type Problem, type RouteName, type Routes, routes } from '../core/api/contract.ts';
import type { RouteDefinition, RouteInput, RouteResult } from '../core/api/route.ts';

export type Result<N extends RouteName> = RouteResult<Routes[N]>;

type Whole<N extends RouteName> = RouteInput<Routes[N]>;
type NeededPart<T, K extends keyof T> = T[K] extends undefined
  ? unknown
  : Record<never, never> extends T[K]
    ? { readonly [P in K]?: T[P] }
    : { readonly [P in K]: T[P] };

/** What a route takes: params, query and body, each only where the route has it. */
export type Input<N extends RouteName> = NeededPart<Whole<N>, 'params'> &
  NeededPart<Whole<N>, 'query'> &
  NeededPart<Whole<N>, 'body'>;

type Arguments<N extends RouteName> =
  Record<never, never> extends Input<N> ? readonly [input?: Input<N>] : readonly [input: Input<N>];

interface AnyInput {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** A refusal of the API with the problem it sent, or `offline` when the service did not answer. */
export class ApiFailure extends Error {
  readonly problem: Problem | undefined;

  constructor(problem: Problem | undefined) {
    super(problem?.title ?? 'offline');
    this.name = 'ApiFailure';
    this.problem = problem;
  }
}

let acceptLanguage = 'vi';

/** The language of the texts the service sends back. */
export function setAcceptLanguage(language: string): void {
  acceptLanguage = language;
}

/** Address of a route, for links that download a file. */
export function urlOf<N extends RouteName>(name: N, ...[input]: Arguments<N>): string {
  return addressOf(routes[name], (input ?? {}) as AnyInput);
}

function addressOf(route: RouteDefinition, input: AnyInput): string {
  const path = route.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(input.params?.[key])));
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') query.set(key, String(value));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Calls a route. Resolves with its response (`undefined` where it has none); rejects with `ApiFailure`. */
export async function call<N extends RouteName>(name: N, ...[input]: Arguments<N>): Promise<Result<N>> {
  const route: RouteDefinition = routes[name];
  const given = (input ?? {}) as AnyInput;
  const headers: Record<string, string> = { 'accept-language': acceptLanguage };
  const init: RequestInit = { method: route.method, headers, credentials: 'same-origin' };
  if (route.accepts === 'bytes') {
    headers['content-type'] = 'application/octet-stream';
    init.body = given.body as Blob;
  } else if (given.body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(given.body);
  }
  let response: Response;
  try {
    response = await fetch(addressOf(route, given), init);
  } catch {
    throw new ApiFailure(undefined);
  }
  if (!response.ok) throw new ApiFailure(await problemOf(response));
  if (response.status === 204 || route.response === undefined) return undefined as Result<N>;
  return (await response.json()) as Result<N>;
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = (await response.json()) as Problem;
    if (typeof body.title === 'string') return body;
  } catch {
    // A proxy or a half-started service answers without a problem body; the status says all there is.
  }
  return {
    type: 'about:blank',
    title: `HTTP ${response.status}`,
    status: response.status,
    code: response.status === 401 ? 'not-signed-in' : 'internal',
    values: {},
  };
}
