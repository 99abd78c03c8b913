/** How one route of the API is described: everything the server, the typed client and the OpenAPI page need. */
import type { z } from 'zod';
import type { Permission } from '../model/access.ts';

export interface RouteDefinition {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/api/...` with `:name` parameters. */
  readonly path: string;
  /** What somebody needs to be let through to the handler. */
  readonly access: Permission;
  readonly summary: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Absent: the response is bytes (a file, a stream) or empty. */
  readonly response?: z.ZodType;
  /** What the body is when it is no JSON. */
  readonly accepts?: 'bytes';
  /** The bytes reach the handler as a stream of any length; otherwise whole and limited. */
  readonly isStreamed?: true;
  readonly produces?: 'file' | 'events';
}

export function route<const R extends RouteDefinition>(definition: R): R {
  return definition;
}

type Input<T> = T extends z.ZodType ? z.input<T> : undefined;
type Output<T> = T extends z.ZodType ? z.output<T> : undefined;

/** What a caller of the route passes. */
export interface RouteInput<R extends RouteDefinition> {
  readonly params: Input<R['params']>;
  readonly query: Input<R['query']>;
  readonly body: R['isStreamed'] extends true
    ? Uint8Array | Blob | ReadableStream<Uint8Array>
    : R['accepts'] extends 'bytes'
      ? Uint8Array | Blob
      : Input<R['body']>;
}

/** What a handler of the route gets, checked and with defaults filled in. */
export interface RouteParsed<R extends RouteDefinition> {
  readonly params: Output<R['params']>;
  readonly query: Output<R['query']>;
  readonly body: R['isStreamed'] extends true
    ? ReadableStream<Uint8Array>
    : R['accepts'] extends 'bytes'
      ? Uint8Array
      : Output<R['body']>;
}

export type RouteResult<R extends RouteDefinition> = Output<R['response']>;
