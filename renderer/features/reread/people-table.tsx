/** Calls and charge of everybody whose differ, and their totals. */
import { Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Money as MoneyValue, RereadDifference } from '../../../core/api/contract.ts';
import { useShortened } from '../../components/show-all.tsx';
import { Count, MoneySums } from '../../components/values.tsx';
import { formatCount, formatMoney } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { type ChangeRow, personRows, totalRow } from './people-changes.ts';

const SHOWN_AT_FIRST = 20;

export function PeopleTable({ people }: { readonly people: RereadDifference['people'] }) {
  const { t } = useTranslation(['reread', 'app']);
  const rows = personRows(people);
  const { shown, more } = useShortened(rows, SHOWN_AT_FIRST, t('people.all', { count: rows.length }));
  if (rows.length === 0) {
    return (
      <Paper p="md" component="section">
        <Title order={2}>{t('people.title')}</Title>
        <Text size="sm">{t('people.none')}</Text>
      </Paper>
    );
  }
  return (
    <Paper component="section" aria-label={t('people.title')}>
      <div className="tb-reread-head">
        <Title order={2}>{t('people.title')}</Title>
        <Text size="sm" c="dimmed">
          {t('people.onlyOpen')} {t('people.others')}
        </Text>
      </div>
      <div className="tb-scroll">
        <table className="tb-table">
          <thead>
            <tr>
              <th>{t('people.person')}</th>
              <th data-end>{t('people.callsBefore')}</th>
              <th data-end>{t('people.callsAfter')}</th>
              <th data-end>{t('people.callsDifference')}</th>
              <th data-end>{t('people.chargeBefore')}</th>
              <th data-end>{t('people.chargeAfter')}</th>
              <th data-end>{t('people.chargeDifference')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.personId}>
                <td className={row.personId === null ? 'tb-nobody' : undefined}>
                  {row.personId === null ? t('app:nobody') : row.personName}
                </td>
                <ChangeCells row={row} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>{t('people.total')}</td>
              <ChangeCells row={totalRow(people)} />
            </tr>
          </tfoot>
        </table>
      </div>
      {more}
    </Paper>
  );
}

function ChangeCells({ row }: { readonly row: ChangeRow }) {
  return (
    <>
      <td data-end>
        <Count value={row.callsBefore} />
      </td>
      <td data-end>
        <Count value={row.callsAfter} />
      </td>
      <td data-end>
        <SignedCount value={row.callsAfter - row.callsBefore} />
      </td>
      <td data-end>
        <MoneySums values={row.chargesBefore} />
      </td>
      <td data-end>
        <MoneySums values={row.chargesAfter} />
      </td>
      <td data-end>
        <SignedSums values={row.chargesDifference} />
      </td>
    </>
  );
}

function SignedCount({ value }: { readonly value: number }) {
  const language = useLanguage();
  if (value === 0) return <span className="tb-faint">–</span>;
  return (
    <span className="tb-num">
      {value > 0 ? '+' : ''}
      {formatCount(value, language)}
    </span>
  );
}

/** Each currency with its own sign. */
function SignedSums({ values }: { readonly values: readonly MoneyValue[] }) {
  const language = useLanguage();
  const differing = values.filter(({ amount }) => amount !== '0');
  if (differing.length === 0) return <span className="tb-faint">–</span>;
  return (
    <span className="tb-num">
      {differing.map((value) => `${value.amount.startsWith('-') ? '' : '+'}${formatMoney(value, language)}`).join(' ')}
    </span>
  );
}
