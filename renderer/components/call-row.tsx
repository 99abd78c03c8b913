/** One call as a row of ten columns: the same on every page that lists calls. */
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../core/api/contract.ts';
import { formatLocalDay, formatLocalTime } from '../format.ts';
import { Charge } from './charge.tsx';
import { DirectionIcon } from './direction-icon.tsx';
import { CELL, HEAD_CELL, ROW } from './grid-roles.ts';
import { ReasonBadge } from './reason-badge.tsx';
import { Code, Duration, PhoneNumber } from './values.tsx';

export function CallHead() {
  const { t } = useTranslation('calls');
  return (
    <div className="tb-grid-row tb-grid-head" {...ROW}>
      <span {...HEAD_CELL} aria-label={t('column.direction')} />
      <span {...HEAD_CELL}>{t('column.time')}</span>
      <span {...HEAD_CELL}>{t('column.who')}</span>
      <span {...HEAD_CELL}>{t('column.code')}</span>
      <span {...HEAD_CELL}>{t('column.extension')}</span>
      <span {...HEAD_CELL}>{t('column.number')}</span>
      <span {...HEAD_CELL}>{t('column.destination')}</span>
      <span {...HEAD_CELL} data-end>
        {t('column.duration')}
      </span>
      <span {...HEAD_CELL} data-end>
        {t('column.charge')}
      </span>
      <span {...HEAD_CELL}>{t('column.reason')}</span>
    </div>
  );
}

/** The party outside: who was called, or who called. */
export function otherParty(call: Call): string | null {
  return call.number ?? (call.direction === 'incoming' ? call.caller : call.dialled);
}

export const CallCells = memo(function CallCells({ call }: { readonly call: Call }) {
  const { t } = useTranslation();
  const place = call.destination ?? (call.band === 'unknown' ? null : t(`band.${call.band}`));
  return (
    <>
      <span {...CELL}>
        <DirectionIcon call={call} />
      </span>
      <span {...CELL} className="tb-num">
        <span className="tb-day">{formatLocalDay(call.startLocal).slice(0, 5)}</span> {formatLocalTime(call.startLocal)}
      </span>
      <span {...CELL} title={call.personName ?? undefined}>
        {call.personName ?? <span className="tb-faint">{t('nobody')}</span>}
        {call.departmentName !== null && <span className="tb-faint"> · {call.departmentName}</span>}
      </span>
      <span {...CELL}>
        <Code value={call.code} />
      </span>
      <span {...CELL} className="tb-num">
        {call.extension ?? <span className="tb-faint">–</span>}
      </span>
      <span {...CELL}>
        <PhoneNumber value={otherParty(call)} />
      </span>
      <span {...CELL} title={place ?? undefined}>
        {place ?? <span className="tb-faint">–</span>}
      </span>
      <span {...CELL} data-end>
        <Duration seconds={call.talkSeconds} />
      </span>
      <span {...CELL} data-end>
        <Charge call={call} />
      </span>
      <span {...CELL}>
        <ReasonBadge reason={call.reason} />
      </span>
    </>
  );
});
