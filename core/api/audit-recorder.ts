/**
 * Writes the audit trail: every request that changed something, every file that was taken away, and every failed sign-in.
 * What a request changed is found by reading the same thing before and after through the API's own routes, so a new route is
 * recorded field by field without doing anything for it.
 */
import { OWNER } from '../model/access.ts';
import { changesBetween } from '../model/audit.ts';
import { AppError } from '../model/errors.ts';
import type { AuditFact, AuditNote } from '../store/audit.ts';
import { type RouteName, routes } from './contract.ts';
import type { ApiParts } from './parts.ts';
import type { AnyHandler, RequestContext } from './register.ts';
import type { RouteDefinition } from './route.ts';

type RecordedInput = Parameters<AnyHandler>[0];

/** They show what something would do, and change nothing. */
const LOOKS_ONLY =
  /^(preview|try|propose|detect|uploadDeck|readDeck|keepTariffFile|testCall|importDefinition|startPriceComparison)/;
/** Changes with every second, and nobody's doing. */
const NOT_DONE_BY_ANYBODY = new Set([
  'status',
  'changedAtMs',
  'seenAtMs',
  'peopleCount',
  'calls',
  'callsTotal',
  'lastUsed',
]);
/** Somebody who guesses passwords shall not fill the trail. */
const FAILURES_A_MINUTE = 30;

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

const isSession = (route: RouteDefinition): boolean => /^\/api\/(session|account|sign-in)/.test(route.path);

/** Files that pages read to show them: nobody takes them away. */
const READ_BY_PAGES: ReadonlySet<RouteName> = new Set<RouteName>(['getTariffDefinition', 'getLogo']);

export function isRecorded(name: RouteName): boolean {
  const route: RouteDefinition = routes[name];
  if (route.produces === 'file') return !READ_BY_PAGES.has(name);
  if (route.method === 'GET' || LOOKS_ONLY.test(name)) return false;
  return isSession(route) || (route.access !== 'self' && !route.access.startsWith('read-'));
}

function whatOf(path: string): string {
  return path.split('/')[2] ?? '';
}

/** `/api/x/:id/verb` is about what `/api/x/:id`, or else the list `/api/x`, tells. */
function siblingsOf(route: RouteDefinition): { readonly whole: RouteName[]; readonly list: RouteName[] } {
  const at = /\/:\w+/.exec(route.path);
  const item = at === null ? route.path : route.path.slice(0, at.index + at[0].length);
  const readable = (path: string): RouteName[] =>
    (Object.keys(routes) as RouteName[]).filter((name) => {
      const other: RouteDefinition = routes[name];
      return other.method === 'GET' && other.path === path && other.response !== undefined;
    });
  return {
    whole: [...new Set([...readable(route.path), ...readable(item)])],
    list: at === null ? [] : readable(route.path.slice(0, at.index)),
  };
}

function itemOf(list: unknown, id: string): unknown {
  const rows = Array.isArray(list) ? list : isFields(list) ? Object.values(list).find(Array.isArray) : undefined;
  if (!Array.isArray(rows)) return undefined;
  return rows.find((row: unknown) => isFields(row) && Object.values(row).some((value) => String(value) === id));
}

function steady(state: unknown): unknown {
  if (!isFields(state)) return state;
  return Object.fromEntries(Object.entries(state).filter(([key]) => !NOT_DONE_BY_ANYBODY.has(key)));
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function nameIn(...values: readonly unknown[]): string {
  for (const value of values) {
    if (!isFields(value)) continue;
    const name = value['name'] ?? value['title'] ?? value['fileName'] ?? value['month'];
    if (typeof name === 'string') return name;
  }
  return '';
}

export class AuditRecorder {
  readonly #parts: Pick<ApiParts, 'deps' | 'audit'>;
  readonly #handlers: Readonly<Record<RouteName, AnyHandler>>;
  #failures: { minute: number; count: number } = { minute: 0, count: 0 };

  constructor(parts: Pick<ApiParts, 'deps' | 'audit'>, handlers: Readonly<Record<RouteName, AnyHandler>>) {
    this.#parts = parts;
    this.#handlers = handlers;
  }

  /** The same handler, writing down what came of it. */
  recorded(name: RouteName, handler: AnyHandler): AnyHandler {
    const route: RouteDefinition = routes[name];
    if (route.method === 'GET' && route.access === 'read-calls' && route.response !== undefined) {
      return (input) => this.#shown(name, input, handler);
    }
    if (!isRecorded(name)) return handler;
    return async (input) => {
      const notes: AuditNote[] = [];
      const before = await this.#stateOf(name, input);
      let answer: unknown;
      try {
        answer = await handler({ ...input, note: (note) => void notes.push(note) });
      } catch (error) {
        this.#failed(name, input, error);
        throw error;
      }
      const after = await this.#stateOf(name, input);
      const isUnchanged = after !== undefined && changesBetween(before, after).length === 0;
      // Saving a form as it was is no change; an act without a trace in its subject is one all the same.
      if (isUnchanged && notes.length === 0 && (route.method === 'PUT' || route.method === 'PATCH')) return answer;
      this.#add(name, input, this.#noted(name, input, answer, notes, { before, after }));
      return answer;
    };
  }

  /** Numbers that were shown for a reason, counted. */
  async #shown(name: RouteName, input: RecordedInput, handler: AnyHandler): Promise<unknown> {
    const answer = await handler(input);
    const { unmaskedFor } = input.viewer;
    if (unmaskedFor === undefined) return answer;
    const lists = isFields(answer) ? Object.values(answer).filter(Array.isArray) : [];
    const calls = 'legs' in Object(answer) ? 1 : lists.reduce((sum, list) => sum + list.length, 0);
    if (calls > 0) {
      const note = { action: 'unmaskList', what: 'calls', reason: unmaskedFor, after: { asked: input.query, calls } };
      this.#add(name, input, [note]);
    }
    return answer;
  }

  #noted(
    name: RouteName,
    input: RecordedInput,
    answer: unknown,
    notes: readonly AuditNote[],
    { before, after }: { readonly before: unknown; readonly after: unknown },
  ): readonly AuditNote[] {
    if (notes.length > 0) return notes;
    const route: RouteDefinition = routes[name];
    const params = isFields(input.params) ? input.params : {};
    const {
      by: _by,
      reason,
      ...asked
    } = {
      ...(isFields(input.query) ? input.query : {}),
      ...(isFields(input.body) ? input.body : {}),
    } as Fields;
    const isKnown = before !== undefined || after !== undefined;
    return [
      {
        what: whatOf(route.path),
        whatId: textOf(Object.values(params)[0] ?? (isFields(answer) ? answer['id'] : '')),
        name: nameIn(before, after, asked, answer),
        reason: textOf(reason),
        // What was typed to get in is nobody's business.
        ...(isKnown ? { before, after } : isSession(route) ? {} : { after: asked }),
      },
    ];
  }

  #add(name: RouteName, input: RecordedInput, notes: readonly AuditNote[], viewer?: AuditFact['viewer']): void {
    const { deps, audit } = this.#parts;
    const body = isFields(input.body) ? input.body : {};
    const typedName = textOf(body['by'] ?? body['login'] ?? '');
    try {
      for (const note of notes) {
        audit.add({
          atMs: deps.nowMs(),
          viewer: viewer ?? whoOf(input, name),
          typedName,
          ...note,
          action: note.action ?? name,
        });
      }
    } catch (error) {
      // What was asked for is done; that it could not be written down must not look like a failure of it.
      deps.log.error({ err: error, route: name }, 'the audit trail could not be written');
    }
  }

  #failed(name: RouteName, input: RecordedInput, error: unknown): void {
    const isSignIn = routes[name].access === 'open' && error instanceof AppError;
    if (!isSignIn) return;
    const minute = Math.floor(this.#parts.deps.nowMs() / 60_000);
    if (this.#failures.minute !== minute) this.#failures = { minute, count: 0 };
    this.#failures.count += 1;
    if (this.#failures.count > FAILURES_A_MINUTE) return;
    const note = { action: 'failed-sign-in', what: 'session', after: { why: error.code } };
    this.#add(name, input, [note], 'stranger');
  }

  async #stateOf(name: RouteName, input: RecordedInput): Promise<unknown> {
    const route: RouteDefinition = routes[name];
    if (route.method === 'GET' || isSession(route)) return undefined;
    const { whole, list } = siblingsOf(route);
    const id = textOf(isFields(input.params) ? Object.values(input.params)[0] : '');
    for (const sibling of whole) {
      const state = await this.#read(sibling, input);
      if (state !== undefined) return steady(state);
    }
    if (id === '') return undefined;
    for (const sibling of list) {
      const item = itemOf(await this.#read(sibling, input), id);
      if (item !== undefined) return steady(item);
    }
    return undefined;
  }

  /** As the owner sees it; undefined where it is not there. */
  async #read(name: RouteName, input: RecordedInput): Promise<unknown> {
    const route: RouteDefinition = routes[name];
    const query = route.query === undefined ? undefined : route.query.safeParse({});
    if (query !== undefined && !query.success) return undefined;
    const context: RequestContext = { ...input, headers: new Headers(), viewer: OWNER, note: () => undefined };
    try {
      return await this.#handlers[name]({
        ...context,
        params: input.params,
        query: query?.data,
        body: undefined,
      });
    } catch (error) {
      if (error instanceof AppError) return undefined;
      throw error;
    }
  }
}

/** Nobody is signed in before a sign-in; the name that was typed stands beside it. */
function whoOf({ viewer }: RecordedInput, name: RouteName): AuditFact['viewer'] {
  return routes[name].access === 'open' ? 'stranger' : viewer;
}
