/** Departments, people or places by charge, each a link to its calls. */
import { Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DashboardRow } from '../../../core/api/contract.ts';
import { Count, MoneySums } from '../../components/values.tsx';
import { callsPath } from '../calls/call-filter.ts';
import { mainCurrencyOf, shareOf, unitsOf } from './shares.ts';

interface RankedCardProps {
  readonly title: string;
  readonly rows: readonly DashboardRow[];
}

export function RankedCard({ title, rows }: RankedCardProps) {
  const { t } = useTranslation('dashboard');
  const currency = mainCurrencyOf(rows.map((row) => row.charges)) ?? '';
  const most = rows.map((row) => unitsOf(row.charges, currency)).reduce((a, b) => (b > a ? b : a), 0n);
  const mostCalls = Math.max(1, ...rows.map((row) => row.calls));
  const lengthOf = (row: DashboardRow): number =>
    most > 0n ? shareOf(unitsOf(row.charges, currency), most) : row.calls / mostCalls;
  return (
    <Paper className="tb-dash-card" component="section" aria-label={title}>
      <Title order={2}>{title}</Title>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed" mt="xs">
          {t('noOutbound')}
        </Text>
      ) : (
        <table className="tb-ranked">
          <thead>
            <tr>
              <th scope="col">{t('column.name')}</th>
              <th scope="col">{t('column.calls')}</th>
              <th scope="col">{t('column.charge')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key} style={{ '--tb-share': `${(100 * lengthOf(row)).toFixed(1)}%` } as React.CSSProperties}>
                <th scope="row">
                  <Link to={callsPath(row.filter)} className="tb-ellipsis" title={row.name}>
                    {row.name}
                  </Link>
                </th>
                <td>
                  <Count value={row.calls} />
                </td>
                <td>
                  <MoneySums values={row.charges} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Paper>
  );
}
