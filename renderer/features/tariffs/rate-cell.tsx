import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { BANDS } from '../../../core/model/call.ts';
import type { StoredRate } from '../../../core/rating/tariff.ts';
import { GridCell } from '../../components/grid-parts.ts';
import { formatExact } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { NUMBER_COLUMNS, type RateColumn, typedCell } from './rate-columns.ts';

interface RateCellProps {
  readonly id: string;
  readonly rate: StoredRate;
  readonly column: RateColumn;
  readonly isActive: boolean;
  readonly hasProblem: boolean;
  readonly isChanged: boolean;
  /** What is typed; undefined while the cell is only shown. */
  readonly editing: string | undefined;
  readonly hasError: boolean;
  readonly messageId: string;
  readonly onType: (text: string) => void;
  readonly onEditKey: (event: KeyboardEvent) => void;
  readonly onLeave: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: () => void;
  readonly onDoubleClick: () => void;
}

export function RateCell(props: RateCellProps) {
  const { id, rate, column, isActive, hasProblem, isChanged, editing, hasError, messageId } = props;
  const { t } = useTranslation('tariffs');
  const isNumber = NUMBER_COLUMNS.has(column);
  if (editing !== undefined) {
    return (
      <GridCell id={id} className="tb-rate-cell" data-editing>
        <input
          // biome-ignore lint/a11y/noAutofocus: the person has just asked to type here
          autoFocus
          className="tb-rate-input"
          data-end={isNumber || undefined}
          aria-label={t(`rate.column.${column}`)}
          aria-invalid={hasError}
          aria-describedby={messageId}
          value={editing}
          onChange={(event) => props.onType(event.currentTarget.value)}
          onKeyDown={props.onEditKey}
          onBlur={props.onLeave}
        />
      </GridCell>
    );
  }
  return (
    <GridCell
      id={id}
      className="tb-rate-cell"
      tabIndex={isActive ? 0 : -1}
      aria-invalid={hasProblem || undefined}
      aria-describedby={isActive && hasProblem ? messageId : undefined}
      data-changed={isChanged || undefined}
      {...(isNumber && { 'data-end': true })}
      onKeyDown={props.onKeyDown}
      onFocus={props.onFocus}
      onDoubleClick={props.onDoubleClick}
    >
      <CellText rate={rate} column={column} />
    </GridCell>
  );
}

/** Price lists may have categories of their own; those that are kinds of calls are known by their words. */
function useCategoryWord(): (category: string) => string {
  const { t } = useTranslation('common');
  return (category) => {
    const band = BANDS.find((name) => name === category);
    return band === undefined ? category : t(`band.${band}`);
  };
}

function CellText({ rate, column }: { readonly rate: StoredRate; readonly column: RateColumn }) {
  const { t } = useTranslation('tariffs');
  const language = useLanguage();
  const categoryWord = useCategoryWord();
  if (column === 'prefix') {
    return rate.prefix === '' ? (
      <span className="tb-faint">{t('rate.anyPrefix')}</span>
    ) : (
      <span className="tb-num">{rate.prefix}</span>
    );
  }
  if (column === 'ratePerMinute' && rate.reject === true)
    return <span className="tb-faint">{t('rate.chip.reject')}</span>;
  if (column === 'ratePerMinute' && rate.steps !== undefined) {
    return <span className="tb-faint">{t('rate.steps', { count: rate.steps.length })}</span>;
  }
  if (column === 'ratePerMinute' || column === 'connectionCharge') {
    const price = rate[column];
    return <span className="tb-num">{price === undefined ? '' : formatExact(price, language)}</span>;
  }
  if (column === 'category') return <span>{categoryWord(rate.category ?? '')}</span>;
  return <span className={column === 'name' ? undefined : 'tb-num'}>{typedCell(rate, column, language)}</span>;
}
