/** One call as a row of ten columns: the same on every page that lists calls. */
import { VisuallyHidden } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../core/api/contract.ts';
import { formatLocalTime, formatShortDay } from '../format.ts';
import { CallMarks } from './call-marks.tsx';
import { Charge } from './charge.tsx';
import { DirectionIcon } from './direction-icon.tsx';
import { GridCell, GridHeadCell, GridRow } from './grid-parts.ts';
import { ReasonBadge } from './reason-badge.tsx';
import { Code, Duration, OtherParty } from './values.tsx';
import { BreachMark } from './verdict-badge.tsx';

export function CallHead() {
  const { t } = useTranslation('calls');
  return (
    <GridRow className="tb-grid-row tb-grid-head">
      <GridHeadCell>
        <VisuallyHidden>{t('column.direction')}</VisuallyHidden>
      </GridHeadCell>
      <GridHeadCell>{t('column.time')}</GridHeadCell>
      <GridHeadCell>{t('column.who')}</GridHeadCell>
      <GridHeadCell>{t('column.code')}</GridHeadCell>
      <GridHeadCell>{t('column.extension')}</GridHeadCell>
      <GridHeadCell>{t('column.number')}</GridHeadCell>
      <GridHeadCell>{t('column.destination')}</GridHeadCell>
      <GridHeadCell data-end>{t('column.duration')}</GridHeadCell>
      <GridHeadCell data-end>{t('column.charge')}</GridHeadCell>
      <GridHeadCell>{t('column.reason')}</GridHeadCell>
    </GridRow>
  );
}

export const CallCells = memo(function CallCells({ call }: { readonly call: Call }) {
  const { t } = useTranslation();
  const place = call.destination ?? (call.band === 'unknown' ? null : t(`band.${call.band}`));
  return (
    <>
      <GridCell>
        <DirectionIcon call={call} />
      </GridCell>
      <GridCell className="tb-num">
        <span className="tb-day">{formatShortDay(call.startLocal)}</span> {formatLocalTime(call.startLocal)}
      </GridCell>
      <GridCell title={call.personName ?? undefined}>
        {call.personName ?? <span className="tb-faint">{t('nobody')}</span>}
        {call.departmentName !== null && <span className="tb-faint tb-row-extra"> · {call.departmentName}</span>}
      </GridCell>
      <GridCell>
        <Code value={call.code} />
      </GridCell>
      <GridCell className="tb-num">{call.extension ?? <span className="tb-faint">–</span>}</GridCell>
      <GridCell>
        <OtherParty call={call} />
      </GridCell>
      <GridCell title={place ?? undefined}>{place ?? <span className="tb-faint">–</span>}</GridCell>
      <GridCell data-end>
        {call.talkSeconds === 0 ? <span className="tb-faint">–</span> : <Duration seconds={call.talkSeconds} />}
      </GridCell>
      <GridCell data-end>
        <Charge call={call} />
      </GridCell>
      <GridCell>
        <BreachMark call={call} />
        <CallMarks call={call} />
        <ReasonBadge reason={call.reason} />
      </GridCell>
    </>
  );
});
