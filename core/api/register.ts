/**
 * Puts one route of the contract on the app: reads and checks what came in, calls the handler, writes what it answers.
 * `Handlers` has one entry for every route, so a route without an implementation does not compile.
 */
import type { Context, Hono } from 'hono';
import type { z } from 'zod';
import type { Language } from '../i18n/translate.ts';
import { isGranted, type Viewer } from '../model/access.ts';
import { AppError } from '../model/errors.ts';
import type { AuditNote } from '../store/audit.ts';
import { withActor } from './actor.ts';
import { answerMaskOf, type Masker, questionMaskOf } from './answer-mask.ts';
import type { Caller } from './caller.ts';
import type { RouteName, Routes } from './contract.ts';
import { fieldMessages } from './field-message.ts';
import { type FileDownload, fileResponse } from './file-response.ts';
import { InvalidInput } from './problem.ts';
import type { RouteDefinition, RouteParsed, RouteResult } from './route.ts';
import { viewingAs } from './viewing.ts';

export interface RequestContext {
  readonly language: Language;
  readonly request: Request;
  readonly session: Caller['session'];
  readonly place: Caller['place'];
  /** Sent by a program on this computer, to this computer. */
  readonly isLocal: boolean;
  readonly isPasswordDue: boolean;
  /** Who asks. Nobody is signed in on open routes: they must not look at this. */
  readonly viewer: Viewer;
  /** Who asks, looked up again: for answers that go on for hours. */
  readonly viewerNow: Caller['viewerNow'];
  /** Headers a handler adds to its answer. */
  readonly headers: Headers;
  /** What the audit trail should say, where the handler knows more than its request and answer tell. */
  readonly note: (note: AuditNote) => void;
}

type Answer<R extends RouteDefinition> = R['produces'] extends 'events'
  ? ReadableStream<Uint8Array>
  : R['produces'] extends 'file'
    ? FileDownload
    : R['response'] extends z.ZodType
      ? RouteResult<R>
      : undefined;

export type Handlers = {
  readonly [N in RouteName]: (
    input: RouteParsed<Routes[N]> & RequestContext,
  ) => Answer<Routes[N]> | Promise<Answer<Routes[N]>>;
};

/** Any handler, as the registration sees it after the types of `Handlers` have done their work. */
export type AnyHandler = (
  input: { readonly params: unknown; readonly query: unknown; readonly body: unknown } & RequestContext,
) => unknown;

/** What core/api/api.ts found out about a request before it reached its route. */
export interface ApiEnv {
  readonly Bindings: {
    readonly language: Language;
    readonly caller: Caller;
  };
}

/** JSON bodies are forms; nothing near this size is one. */
const JSON_LIMIT_BYTES = 1024 * 1024;
/** Uploads that are read whole: people, tariffs, a sample of lines. */
const UPLOAD_LIMIT_BYTES = 32 * 1024 * 1024;

function parse(schema: z.ZodType | undefined, value: unknown, language: Language): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw new InvalidInput(fieldMessages(result.error.issues, language));
}

async function readWhole(request: Request, limitBytes: number): Promise<Uint8Array> {
  const tooLarge = (): AppError => new AppError('too-large', { limitBytes });
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of request.body ?? []) {
    total += chunk.length;
    if (total > limitBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, total);
}

async function readJson(request: Request, language: Language): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  // Also a guard: a page of another origin cannot send this type without being asked for permission first.
  if (!/^application\/json\b/i.test(type)) throw InvalidInput.of('', 'json', language);
  const bytes = await readWhole(request, JSON_LIMIT_BYTES);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw InvalidInput.of('', 'json', language);
  }
}

const emptyStream = (): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      controller.close();
    },
  });

function readBody(route: RouteDefinition, request: Request, language: Language): Promise<unknown> | unknown {
  if (route.isStreamed === true) return request.body ?? emptyStream();
  if (route.accepts === 'bytes') return readWhole(request, UPLOAD_LIMIT_BYTES);
  if (route.body === undefined) return undefined;
  return readJson(request, language).then((value) => parse(route.body, value, language));
}

/** Query texts as an object; an empty value means the field was left out. */
function queryOf(context: Context<ApiEnv>): Record<string, string> {
  const entries = [...new URL(context.req.url).searchParams].filter(([, value]) => value !== '');
  return Object.fromEntries(entries);
}

function respond(route: RouteDefinition, answer: unknown, headers: Headers): Response {
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  if (route.produces === 'file') return fileResponse(answer as FileDownload, headers);
  if (route.produces === 'events') {
    headers.set('content-type', 'text/event-stream; charset=utf-8');
    headers.set('x-accel-buffering', 'no');
    return new Response(answer as ReadableStream<Uint8Array>, { headers });
  }
  if (route.response === undefined) return new Response(null, { status: 204, headers });
  headers.set('content-type', 'application/json; charset=utf-8');
  return new Response(JSON.stringify(answer), { headers });
}

/** Nobody's rights, for open routes. */
const NOBODY: Viewer = {
  userId: null,
  name: '',
  role: 'employee',
  scope: { kind: 'departments', departmentIds: [] },
  seesNumbers: false,
  seesCodes: false,
};

function viewerOf({ access }: RouteDefinition, { viewer, isPasswordDue }: Caller): Viewer {
  if (access === 'open') return viewer ?? NOBODY;
  if (viewer === undefined) throw new AppError('not-signed-in');
  if (isPasswordDue && access !== 'self') throw new AppError('password-due');
  if (!isGranted(viewer.role, access)) throw new AppError('not-allowed', { permission: access });
  return viewer;
}

/** Numbers are shown for a while to who said why: in lists of calls, not in files. */
function shownTo(route: RouteDefinition, viewer: Viewer, { unmaskedFor }: Caller): Viewer {
  const isShown = unmaskedFor !== undefined && route.access === 'read-calls' && route.response !== undefined;
  return isShown && !viewer.seesNumbers ? { ...viewer, seesNumbers: true, unmaskedFor } : viewer;
}

/**
 * `holdBack` keeps the ingest thread from writing while the handler may: two connections cannot write at once, and
 * waiting for an import's batch would stop the whole API, since SQLite waits without letting anything else run.
 */
export function register(
  app: Hono<ApiEnv>,
  route: RouteDefinition,
  handler: AnyHandler,
  holdBack: () => Promise<() => void>,
): void {
  const masks = {
    query: questionMaskOf(route.query),
    body: questionMaskOf(route.body),
    answer: answerMaskOf(route.response),
  };
  const mayWrite = route.method !== 'GET' && route.isStreamed !== true;
  app.on(route.method, route.path, async (context) => {
    const { language, caller } = context.env;
    const viewer = shownTo(route, viewerOf(route, caller), caller);
    const request = context.req.raw;
    const headers = new Headers();
    const masked = (mask: Masker | undefined, value: unknown): unknown =>
      viewer.seesNumbers || mask === undefined ? value : mask(value, language);
    const input = {
      params: parse(route.params, context.req.param(), language),
      query: masked(masks.query, parse(route.query, queryOf(context), language)),
      body: withActor(masked(masks.body, await readBody(route, request, language)), viewer, language),
      language,
      request,
      session: caller.session,
      place: caller.place,
      isLocal: caller.isLocal,
      isPasswordDue: caller.isPasswordDue,
      viewer,
      viewerNow: caller.viewerNow,
      headers,
      note: () => undefined,
    };
    const release = mayWrite ? await holdBack() : undefined;
    try {
      return respond(route, masked(masks.answer, await viewingAs(viewer, () => handler(input))), headers);
    } finally {
      release?.();
    }
  });
}
