/** How incoming calls are answered, and the callers whom nobody has called back. */
import { type IncomingSum, incomingSums, unreturnedCallers } from '../../store/incoming-calls.ts';
import type { CellValue, Column, TableSheet } from '../report.ts';
import type { ReportContext, ReportParts } from '../report-context.ts';
import { callsAddress, textColumn } from './names.ts';

const PERCENT = 100;

export function incomingService(context: ReportContext): ReportParts {
  const { t } = context;
  return {
    sheets: [
      serviceTable(context, 'hour', {
        heading: t('reports.column.hour'),
        name: (key) => `${key.padStart(2, '0')}:00–${String(Number(key) + 1).padStart(2, '0')}:00`,
        link: (key) => callsAddress(context, { direction: 'incoming', hour: key }),
        compare: (a, b) => Number(a) - Number(b),
      }),
      serviceTable(context, 'extension', {
        heading: t('report.column.extension'),
        name: (key) => (key === '' ? t('reports.row.without-extension') : key),
        link: (key) => (key === '' ? null : callsAddress(context, { direction: 'incoming', extension: key })),
        compare: (a, b) => Number(a === '') - Number(b === '') || context.formats.compare(a, b),
      }),
    ],
    isLandscape: true,
  };
}

interface ServiceRows {
  readonly heading: string;
  readonly name: (key: string) => string;
  readonly link: (key: string) => string | null;
  readonly compare: (a: string, b: string) => number;
}

const NOTHING: IncomingSum = {
  key: '',
  calls: 0,
  answered: 0,
  unanswered: 0,
  unknown: 0,
  talkSeconds: 0,
  rang: 0,
  ringSeconds: 0,
  longestRingSeconds: null,
  waited: 0,
  waitSeconds: 0,
};

function serviceTable(context: ReportContext, by: 'hour' | 'extension', rows: ServiceRows): TableSheet {
  const { t, db, selection } = context;
  const sums = incomingSums(db, selection, by).toSorted((a, b) => rows.compare(a.key, b.key));
  const [total = NOTHING] = incomingSums(db, selection, undefined);
  const number = (key: 'calls' | 'answered' | 'unanswered' | 'unknown'): Column => {
    return { key, heading: t(`reports.incoming.${key}`), type: 'integer', width: 12, isZeroQuiet: true };
  };
  const time = (key: 'ring' | 'longestRing' | 'wait' | 'talk'): Column => {
    return { key, heading: t(`reports.incoming.${key}`), type: 'duration', width: 13 };
  };
  const cells = (sum: IncomingSum): readonly CellValue[] => [
    sum.calls,
    sum.answered,
    sum.unanswered,
    sum.unknown,
    share(sum),
    mean(sum.ringSeconds, sum.rang),
    sum.longestRingSeconds,
    mean(sum.waitSeconds, sum.waited),
    sum.talkSeconds,
  ];
  return {
    kind: 'table',
    id: `by-${by}`,
    title: t(`reports.incoming.by-${by}`),
    columns: [
      textColumn(by, rows.heading, 16),
      number('calls'),
      number('answered'),
      number('unanswered'),
      number('unknown'),
      textColumn('share', t('reports.incoming.share'), 12),
      time('ring'),
      time('longestRing'),
      time('wait'),
      time('talk'),
    ],
    rowCount: sums.length,
    *rows() {
      for (const sum of sums) yield [rows.name(sum.key), ...cells(sum)];
    },
    *links() {
      for (const { key } of sums) yield rows.link(key);
    },
    totals: [t('report.summary.total'), ...cells(total)],
  };
}

/** Whole seconds; nothing where no record says. */
function mean(seconds: number, calls: number): number | null {
  return calls === 0 ? null : Math.round(seconds / calls);
}

/** Of the calls of which an answer is known. */
function share({ answered, unanswered }: IncomingSum): string | null {
  const known = answered + unanswered;
  return known === 0 ? null : `${Math.round((PERCENT * answered) / known)} %`;
}

export function missedCalls(context: ReportContext): ReportParts {
  const { t, db, selection, request, maskNumber } = context;
  const callers = unreturnedCallers(db, selection);
  return {
    sheets: [
      {
        kind: 'table',
        id: 'callers',
        title: t('reports.name.missed-calls'),
        columns: [
          textColumn('caller', t('reports.column.caller'), 20),
          textColumn('callerName', t('report.column.callerName'), 24),
          { key: 'calls', heading: t('reports.column.missed'), type: 'integer', width: 10 },
          { key: 'first', heading: t('reports.column.firstMissed'), type: 'dateTime', width: 19 },
          { key: 'last', heading: t('reports.column.lastMissed'), type: 'dateTime', width: 19 },
          { key: 'ring', heading: t('reports.incoming.longestRing'), type: 'duration', width: 12 },
          textColumn('extension', t('report.column.extension'), 10),
        ],
        rowCount: callers.length,
        *rows() {
          for (const one of callers) {
            yield [
              one.caller === '' ? t('reports.row.without-number') : maskNumber(one.caller),
              one.callerName,
              one.calls,
              one.firstLocalS,
              one.lastLocalS,
              one.longestRingSeconds,
              one.extension,
            ];
          }
        },
        *links() {
          for (const { caller } of callers) {
            yield caller === '' || !request.reader.seesNumbers
              ? null
              : callsAddress(context, { direction: 'incoming', number: caller });
          }
        },
        totals: [
          t('report.summary.total'),
          null,
          callers.reduce((sum, { calls }) => sum + calls, 0),
          null,
          null,
          null,
          null,
        ],
      },
    ],
  };
}
