/** The event stream of the service: keeps cached answers fresh and feeds the Live page. */
import type { Call, ImportJob, LiveEvent, RawLine, RouteName, Source, SourceStatus } from '../core/api/contract.ts';
import type { Result } from './api.ts';
import type { LanguageCode } from './language.ts';
import { observable } from './observable.ts';
import { keyOf, queryClient } from './query-client.ts';

export type StreamState = 'connecting' | 'open' | 'lost';

/** A call as it came, with the moment it was received here (drives the highlight of new rows). */
export interface ArrivedCall {
  readonly call: Call;
  readonly arrivedAtMs: number;
  /** When this form of the call was sent; a later answer of the service knows better. */
  readonly toldAtMs: number;
}

const ARRIVALS_KEPT = 300;
const LINES_KEPT = 200;
const RETRY_MS = 2000;
const BATCH_MS = 60;

export const streamState = observable<StreamState>('connecting');
/** Newest first; the same call appears once, in its newest form. */
export const arrivals = observable<readonly ArrivedCall[]>([]);
/** Counts calls seen since the window opened; lists use it to offer "show new calls". */
export const arrivalCount = observable(0);

const STALE_ROUTES: Record<Extract<LiveEvent, { type: 'changed' }>['what'], readonly RouteName[]> = {
  calls: [
    'listCalls',
    'countCalls',
    'getCall',
    'getCallHistory',
    'lookUp',
    'getMonth',
    'getClosing',
    'listCorrections',
  ],
  people: ['listPeople', 'listDepartments', 'lookUp', 'getHygiene', 'listHygieneCodes'],
  sources: ['listSources', 'detectSource', 'listRawLines', 'getReread'],
  settings: ['getSettings'],
  tariffs: ['listTariffs', 'getTariffChoices'],
  quarantine: ['listQuarantine'],
  rerates: ['listRerates', 'getRerate', 'listRerateCalls'],
  backups: ['getBackups'],
  budgets: ['listBudgets'],
  alerts: ['listAlerts', 'getAlert', 'getAlertSummary', 'getAlertRules'],
  notices: ['listNotices'],
  schedules: ['listSchedules', 'listScheduleRuns', 'getScheduleRun', 'listStatements'],
  statements: ['listStatements', 'listDisputes'],
  holidays: ['getHolidays'],
  policies: ['listPolicies', 'listBreaches', 'getPbxSheet', 'getCall'],
};

let waiting: ArrivedCall[] = [];
let isTimerSet = false;

function showWaiting(): void {
  isTimerSet = false;
  const entries = new Map(arrivals.get().map((entry) => [entry.call.id, entry]));
  const fresh: ArrivedCall[] = [];
  for (const entry of waiting) {
    const earlier = entries.get(entry.call.id);
    if (earlier === undefined) fresh.unshift(entry);
    entries.set(entry.call.id, earlier === undefined ? entry : { ...entry, arrivedAtMs: earlier.arrivedAtMs });
  }
  waiting = [];
  const ids = new Set([...fresh, ...arrivals.get()].map((entry) => entry.call.id));
  arrivals.set([...ids].slice(0, ARRIVALS_KEPT).flatMap((id) => entries.get(id) ?? []));
  arrivalCount.set(arrivalCount.get() + fresh.length);
}

/** A busy PBX sends hundreds of calls a second: they are shown in batches. */
function onCall(call: Call): void {
  const nowMs = Date.now();
  waiting.push({ call, arrivedAtMs: nowMs, toldAtMs: nowMs });
  if (isTimerSet) return;
  isTimerSet = true;
  setTimeout(showWaiting, BATCH_MS);
}

function onSource(status: SourceStatus): void {
  queryClient.setQueryData<Source[]>(keyOf('listSources'), (sources) =>
    sources?.map((source) => (source.id === status.sourceId ? { ...source, status } : source)),
  );
}

function onImport(job: ImportJob): void {
  queryClient.setQueryData<ImportJob[]>(keyOf('listImports'), (jobs) => [
    job,
    ...(jobs ?? []).filter((other) => other.id !== job.id),
  ]);
}

function onLines(sourceId: number, lines: readonly RawLine[]): void {
  const key = keyOf('listRawLines', { params: { id: sourceId } });
  queryClient.setQueryData<RawLine[]>(key, (present) => {
    const fresh = new Set(lines.map((line) => line.sourceOffset));
    const kept = (present ?? []).filter((line) => !fresh.has(line.sourceOffset));
    return [...lines, ...kept].sort((a, b) => b.sourceOffset - a.sourceOffset).slice(0, LINES_KEPT);
  });
}

function apply(event: LiveEvent): void {
  switch (event.type) {
    case 'call':
      onCall(event.call);
      return;
    case 'source':
      onSource(event.status);
      return;
    case 'import':
      onImport(event.job);
      return;
    case 'lines':
      onLines(event.sourceId, event.lines);
      return;
    case 'system':
      queryClient.setQueryData<Result<'getSystem'>>(keyOf('getSystem'), event.info);
      return;
    case 'changed':
      for (const route of STALE_ROUTES[event.what]) void queryClient.invalidateQueries({ queryKey: keyOf(route) });
  }
}

const EVENT_NAMES: readonly LiveEvent['type'][] = ['call', 'source', 'import', 'lines', 'system', 'changed'];

let hasBeenOpen = false;

/** Opens the stream and keeps it open; returns what closes it. `language` is that of the texts in events. */
export function followEvents(language: LanguageCode): () => void {
  let stream: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const open = (): void => {
    stream = new EventSource(`/api/events?language=${language}`);
    stream.onopen = () => {
      streamState.set('open');
      // What changed while the stream was down was never told, so everything shown is asked again.
      if (hasBeenOpen) void queryClient.invalidateQueries();
      hasBeenOpen = true;
    };
    stream.onerror = () => {
      streamState.set('lost');
      if (stream?.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, RETRY_MS);
    };
    for (const name of EVENT_NAMES) {
      stream.addEventListener(name, (message) => apply(JSON.parse(message.data as string) as LiveEvent));
    }
  };

  const close = (): void => {
    clearTimeout(timer);
    stream?.close();
  };
  // A page that the browser keeps for "back" would hold its stream, and six of them block every request of the next page.
  const reopen = (event: PageTransitionEvent): void => {
    if (event.persisted) open();
  };

  open();
  window.addEventListener('pagehide', close);
  window.addEventListener('pageshow', reopen);
  return () => {
    window.removeEventListener('pagehide', close);
    window.removeEventListener('pageshow', reopen);
    close();
  };
}
