/** The pages' way to the service: the typed client, with one kind of failure. */
import { type ClientInput, createClient, ProblemError, routeAddress } from '../core/api/client.ts';
import { type Problem, type RouteName, type Routes, routes } from '../core/api/contract.ts';
import type { RouteResult } from '../core/api/route.ts';

export type Input<N extends RouteName> = ClientInput<N>;
export type Result<N extends RouteName> = RouteResult<Routes[N]>;

type Arguments<N extends RouteName> =
  Record<never, never> extends Input<N> ? readonly [input?: Input<N>] : readonly [input: Input<N>];

/** A refusal of the API with the problem it sent; without one where the service did not answer. */
export class ApiFailure extends Error {
  readonly problem: Problem | undefined;

  constructor(problem: Problem | undefined, cause: unknown) {
    super(problem?.title ?? 'offline', { cause });
    this.name = 'ApiFailure';
    this.problem = problem;
  }
}

/** Told of every change that can be taken back. */
let onUndoable: (step: number) => void = () => undefined;

export function tellUndoable(listener: (step: number) => void): void {
  onUndoable = listener;
}

const options = { baseUrl: '', onUndoable: (step: number): void => onUndoable(step) };

let client = createClient(options);

/** The language of the texts the service sends back. */
export function speak(language: 'vi' | 'en'): void {
  client = createClient({ ...options, language });
}

/** Address of a route, for links that download a file. */
export function urlOf<N extends RouteName>(name: N, ...[input]: Arguments<N>): string {
  return routeAddress(routes[name], (input ?? {}) as Parameters<typeof routeAddress>[1]);
}

/** Calls a route that answers JSON or nothing. Rejects with `ApiFailure`. */
export async function call<N extends RouteName>(name: N, ...[input]: Arguments<N>): Promise<Result<N>> {
  const send = client.call as (name: N, input: Input<N> | undefined) => Promise<unknown>;
  try {
    return (await send(name, input)) as Result<N>;
  } catch (error) {
    throw new ApiFailure(error instanceof ProblemError ? error.problem : undefined, error);
  }
}
