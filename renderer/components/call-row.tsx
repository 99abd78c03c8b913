/** One call as a row: the same on every page that lists calls. */
import { VisuallyHidden } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../core/api/contract.ts';
import { type CallColumnKey, callColumn, USUAL_CALL_COLUMNS } from './call-columns.tsx';
import { GridCell, GridHeadCell, GridRow } from './grid-parts.ts';

interface ColumnsProps {
  readonly columns?: readonly CallColumnKey[];
}

export function CallHead() {
  return (
    <GridRow className="tb-grid-row tb-grid-head">
      <CallHeadCells />
    </GridRow>
  );
}

export function CallHeadCells({ columns = USUAL_CALL_COLUMNS }: ColumnsProps) {
  const { t } = useTranslation('calls');
  return columns.map((key) => (
    <GridHeadCell key={key} {...(callColumn(key).isEnd === true ? { 'data-end': true } : {})}>
      {key === 'direction' ? <VisuallyHidden>{t('column.direction')}</VisuallyHidden> : t(`column.${key}`)}
    </GridHeadCell>
  ));
}

interface CallCellsProps extends ColumnsProps {
  readonly call: Call;
}

export const CallCells = memo(function CallCells({ call, columns = USUAL_CALL_COLUMNS }: CallCellsProps) {
  const { t } = useTranslation(['calls', 'app']);
  return columns.map((key) => {
    const { cell, title, isEnd, isNumeric } = callColumn(key);
    return (
      <GridCell
        key={key}
        title={title?.(call, t) ?? undefined}
        className={isNumeric === true ? 'tb-num' : undefined}
        {...(isEnd === true ? { 'data-end': true } : {})}
      >
        {cell(call, t)}
      </GridCell>
    );
  });
});
