import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RerateDetail, RerateTotals } from '../../../core/api/contract.ts';
import { useShortened } from '../../components/show-all.tsx';
import { Count, MoneySums } from '../../components/values.tsx';
import { formatMonth } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { changedCalls } from './changed-calls.ts';
import { SignedMoney, SignedPercent } from './signed-money.tsx';

const SHOWN_AT_FIRST = 15;

/** Rows of what changes; the largest difference first. */
export function RerateRows({ detail }: { readonly detail: RerateDetail }) {
  const { t } = useTranslation('rerate');
  const language = useLanguage();
  const rows = detail.rows.filter((row) => changedCalls(row) > 0 && (detail.by === 'month' || !row.isClosed));
  const { shown, more } = useShortened(rows, SHOWN_AT_FIRST, t('rows.all', { count: rows.length }));
  return (
    <>
      <div className="tb-scroll">
        <table className="tb-table">
          <thead>
            <tr>
              <th>{t(`by.${detail.by}`)}</th>
              <th data-end>{t('rows.changed')}</th>
              <th data-end>{t('result.before')}</th>
              <th data-end>{t('result.after')}</th>
              <th data-end>{t('result.difference')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={`${row.key} ${row.isClosed}`}>
                <td className={detail.by !== 'band' && row.key === '0' ? 'tb-nobody' : undefined}>
                  {detail.by === 'month' ? formatMonth(row.key, language) : row.name}
                  {row.isClosed && (
                    <Badge size="sm" color="gray" ml={8}>
                      {t('rows.closedMark')}
                    </Badge>
                  )}
                </td>
                <ChangeCells totals={row} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>{t('rows.total')}</td>
              <ChangeCells totals={detail.open} />
            </tr>
          </tfoot>
        </table>
      </div>
      {more}
    </>
  );
}

function ChangeCells({ totals }: { readonly totals: RerateTotals }) {
  const { charges } = totals;
  return (
    <>
      <td data-end>
        <Count value={changedCalls(totals)} />
      </td>
      <td data-end>
        <MoneySums values={charges.map(({ before }) => before)} />
      </td>
      <td data-end>
        <MoneySums values={charges.map(({ after }) => after)} />
      </td>
      <td data-end>
        <SignedMoney values={charges.map(({ difference }) => difference)} />{' '}
        {charges.length === 1 && <SignedPercent value={charges[0]?.percent ?? null} />}
      </td>
    </>
  );
}
