/** The columns that a list of calls can have: how wide each is, what it shows, and its words for a copied table. */
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { Call } from '../../core/api/contract.ts';
import { formatDuration } from '../../core/i18n/format.ts';
import { formatLocalDay, formatLocalTime, formatNumber, formatShortDay } from '../format.ts';
import { CallMarks } from './call-marks.tsx';
import { Charge } from './charge.tsx';
import type { CopiedCell } from './copied-table.ts';
import { DirectionIcon } from './direction-icon.tsx';
import { ReasonBadge } from './reason-badge.tsx';
import { Code, Duration, OtherParty } from './values.tsx';
import { BreachMark } from './verdict-badge.tsx';

export type CallTexts = TFunction<['calls', 'app']>;

interface CallColumn {
  readonly key: string;
  /** A track of the grid. */
  readonly width: string;
  readonly isEnd?: boolean;
  readonly isNumeric?: boolean;
  readonly title?: (call: Call, t: CallTexts) => string | null;
  readonly cell: (call: Call, t: CallTexts) => ReactNode;
  readonly copied: (call: Call, t: CallTexts) => CopiedCell;
}

const NOTHING = <span className="tb-faint">–</span>;

function placeOf(call: Call, t: CallTexts): string | null {
  return call.destination ?? (call.band === 'unknown' ? null : t(`app:band.${call.band}`));
}

function partyOf(call: Call): string {
  if (call.number !== null) return formatNumber(call.number, call.band === 'international');
  return (call.direction === 'incoming' ? call.caller : call.dialled) ?? '';
}

export const CALL_COLUMNS = [
  {
    key: 'direction',
    width: '18px',
    cell: (call) => <DirectionIcon call={call} />,
    copied: (call, t) => t(`app:direction.${call.direction}`),
  },
  {
    key: 'time',
    width: '122px',
    isNumeric: true,
    cell: (call) => (
      <>
        <span className="tb-day">{formatShortDay(call.startLocal)}</span> {formatLocalTime(call.startLocal)}
      </>
    ),
    copied: (call) => `${formatLocalDay(call.startLocal)} ${formatLocalTime(call.startLocal)}`,
  },
  {
    key: 'who',
    width: 'minmax(112px, 1.6fr)',
    title: (call) => call.personName,
    cell: (call, t) => (
      <>
        {call.personName ?? <span className="tb-faint">{t('app:nobody')}</span>}
        {call.departmentName !== null && <span className="tb-faint tb-row-extra"> · {call.departmentName}</span>}
      </>
    ),
    copied: (call, t) => call.personName ?? t('app:nobody'),
  },
  {
    key: 'department',
    width: 'minmax(90px, 1fr)',
    title: (call) => call.departmentName,
    cell: (call) => call.departmentName ?? NOTHING,
    copied: (call) => call.departmentName ?? '',
  },
  { key: 'code', width: '44px', cell: (call) => <Code value={call.code} />, copied: (call) => call.code ?? '' },
  {
    key: 'extension',
    width: '46px',
    isNumeric: true,
    cell: (call) => call.extension ?? NOTHING,
    copied: (call) => call.extension ?? '',
  },
  {
    key: 'trunk',
    width: '54px',
    isNumeric: true,
    cell: (call) => call.trunk ?? NOTHING,
    copied: (call) => call.trunk ?? '',
  },
  { key: 'number', width: 'minmax(110px, 0.9fr)', cell: (call) => <OtherParty call={call} />, copied: partyOf },
  {
    key: 'destination',
    width: 'minmax(80px, 1.3fr)',
    title: placeOf,
    cell: (call, t) => placeOf(call, t) ?? NOTHING,
    copied: (call, t) => placeOf(call, t) ?? '',
  },
  {
    key: 'band',
    width: 'minmax(80px, 0.8fr)',
    cell: (call, t) => t(`app:band.${call.band}`),
    copied: (call, t) => t(`app:band.${call.band}`),
  },
  {
    key: 'ring',
    width: '62px',
    isEnd: true,
    cell: (call) => (call.ringSeconds === null ? NOTHING : <Duration seconds={call.ringSeconds} />),
    copied: (call) => (call.ringSeconds === null ? '' : formatDuration(call.ringSeconds)),
  },
  {
    key: 'duration',
    width: '68px',
    isEnd: true,
    cell: (call) => (call.talkSeconds === 0 ? NOTHING : <Duration seconds={call.talkSeconds} />),
    copied: (call) => formatDuration(call.talkSeconds),
  },
  {
    key: 'charge',
    width: 'minmax(66px, 0.7fr)',
    isEnd: true,
    cell: (call) => <Charge call={call} />,
    copied: (call, t) => (call.charge === null ? t(`app:rating.${call.rating}`) : { amount: call.charge.amount }),
  },
  {
    key: 'reason',
    width: 'minmax(88px, 0.8fr)',
    cell: (call) => (
      <>
        <BreachMark call={call} />
        <CallMarks call={call} />
        <ReasonBadge reason={call.reason} />
      </>
    ),
    copied: (call, t) => t(`app:reason.${call.reason}`),
  },
] as const satisfies readonly CallColumn[];

export type CallColumnKey = (typeof CALL_COLUMNS)[number]['key'];

/** Left out unless somebody asks for them: they stand in the details, too. */
const EXTRA: ReadonlySet<CallColumnKey> = new Set<CallColumnKey>(['department', 'trunk', 'band', 'ring']);

export const CALL_COLUMN_KEYS: readonly CallColumnKey[] = CALL_COLUMNS.map(({ key }) => key);
export const USUAL_CALL_COLUMNS: readonly CallColumnKey[] = CALL_COLUMN_KEYS.filter((key) => !EXTRA.has(key));

export function callColumn(key: CallColumnKey): CallColumn {
  const found = CALL_COLUMNS.find((column) => column.key === key);
  if (found === undefined) throw new Error(`no column ${key}`);
  return found;
}

/** Tracks of the grid. */
export function callTracks(keys: readonly CallColumnKey[]): string {
  return keys.map((key) => callColumn(key).width).join(' ');
}
