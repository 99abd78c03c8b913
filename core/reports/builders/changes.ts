/** Who changed what in the books, in the order in which it was done. */
import { amountMicro, formatAmount } from '../../model/money.ts';
import { localText } from '../../model/time.ts';
import { bookChanges, type CorrectionChange, type DecisionChange } from '../../store/report-changes.ts';
import { periodInstants } from '../provenance.ts';
import type { CellValue, TableSheet } from '../report.ts';
import type { ReportContext, ReportParts } from '../report-context.ts';
import { personName, textColumn } from './names.ts';

interface Change {
  readonly atMs: number;
  readonly by: string;
  readonly what: string;
  readonly about: string;
  readonly before: string;
  readonly after: string;
  readonly reason: string;
}

export function changes(context: ReportContext): ReportParts {
  const { t, db, formats, request } = context;
  const { fromMs, toMs } = periodInstants(context);
  const { closings, decisions, corrections } = bookChanges(db, fromMs, toMs, request.reader.scope);
  const rows = [
    ...closings.map(({ month, act, ...made }): Change => {
      const about = t('reports.change.month', { month: formats.month(month) });
      return { ...made, what: t(`reports.change.${act}`), about, before: '', after: '' };
    }),
    ...decisions.map((decision) => decisionChange(context, decision)),
    ...corrections.map((correction) => correctionChange(context, correction)),
  ].toSorted((a, b) => a.atMs - b.atMs);
  return { sheets: [changeTable(context, rows)], isLandscape: true };
}

function changeTable({ t, localSeconds }: ReportContext, rows: readonly Change[]): TableSheet {
  return {
    kind: 'table',
    id: 'changes',
    title: t('reports.name.changes'),
    columns: [
      { key: 'at', heading: t('reports.column.at'), type: 'dateTime', width: 19 },
      textColumn('by', t('reports.column.by'), 20),
      textColumn('what', t('reports.column.what'), 24),
      textColumn('about', t('reports.column.about'), 30),
      textColumn('before', t('reports.column.before'), 20),
      textColumn('after', t('reports.column.after'), 20),
      textColumn('reason', t('reports.column.because'), 34),
    ],
    rowCount: rows.length,
    *rows() {
      for (const { atMs, by, what, about, before, after, reason } of rows) {
        const cells: readonly CellValue[] = [localSeconds(atMs), by, what, about, before, after, reason];
        yield cells;
      }
    },
  };
}

function callText(
  { t, formats, maskNumber }: ReportContext,
  { callStartLocalS, number }: Pick<DecisionChange, 'callStartLocalS' | 'number'>,
): string {
  if (callStartLocalS === null) return t('reports.change.callGone');
  const at = formats.localDateTime(localText(callStartLocalS));
  return number === null ? at : `${at} · ${maskNumber(number)}`;
}

function decisionChange(context: ReportContext, decision: DecisionChange): Change {
  const { t } = context;
  const { kind, personId, purpose, isUndone, atMs, by, reason } = decision;
  const after =
    kind === 'owner'
      ? personName(context, String(personId ?? 0))
      : purpose === null
        ? ''
        : t(`report.purpose.${purpose}`);
  return {
    atMs,
    by,
    reason,
    what: t(isUndone === 1 ? 'reports.change.decisionUndone' : `reports.change.${kind}`),
    about: callText(context, decision),
    before: '',
    after: isUndone === 1 ? '' : after,
  };
}

function correctionChange(context: ReportContext, correction: CorrectionChange): Change {
  const { t } = context;
  const { kind, isTakeBack, atMs, by, reason } = correction;
  const side = (personId: number | null, charge: string | null, currency: string | null): string => {
    const money = charge === null ? '–' : `${formatAmount(amountMicro(BigInt(charge)))} ${currency ?? ''}`;
    return kind === 'owner' ? personName(context, String(personId ?? 0)) : money;
  };
  const what = t(`report.correction.${kind}`);
  return {
    atMs,
    by,
    reason,
    what: isTakeBack === 1 ? t('report.correction.takenBack', { what }) : what,
    about: callText(context, correction),
    before: side(correction.beforePersonId, correction.beforeText, correction.beforeCurrency),
    after: side(correction.afterPersonId, correction.afterText, correction.afterCurrency),
  };
}
