/** Outside lines: how many calls each had at once in the last minutes and in each of the last hours. */
import { Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Dashboard } from '../../../core/api/contract.ts';
import { Count } from '../../components/values.tsx';
import { formatCount, formatPercent } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { callsPath } from '../calls/call-filter.ts';

type Trunks = NonNullable<Dashboard['trunks']>;

export function TrunkCard({ trunks }: { readonly trunks: Trunks }) {
  const { t } = useTranslation('dashboard');
  const language = useLanguage();
  const { rows, hours, lately, fromLocal } = trunks;
  const most = Math.max(1, ...rows.flatMap((row) => row.peaks));
  const firstHour = Number(fromLocal.slice(11, 13));
  return (
    <Paper className="tb-dash-card" component="section" aria-label={t('trunks.title')}>
      <div className="tb-dash-card-head">
        <Title order={2}>{t('trunks.title')}</Title>
        <span className="tb-dash-legend">{t('trunks.hours', { hours })}</span>
      </div>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed" mt="xs">
          {t('trunks.none', { hours })}
        </Text>
      ) : (
        <table className="tb-ranked tb-trunks">
          <thead>
            <tr>
              <th scope="col">{t('trunks.trunk')}</th>
              <th scope="col">{t('trunks.lately', { minutes: lately / 60 })}</th>
              <th scope="col">{t('trunks.perHour')}</th>
              <th scope="col">{t('trunks.used')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.trunk}>
                <th scope="row">
                  <Link to={callsPath(row.filter)}>{row.trunk}</Link>
                </th>
                <td>
                  <Count value={row.busyLately} />
                </td>
                <td>
                  <span className="tb-trunk-bars" aria-hidden>
                    {row.peaks.map((peak, i) => (
                      <i
                        // biome-ignore lint/suspicious/noArrayIndexKey: the hours of one row never change their order
                        key={i}
                        style={{ height: `${Math.round((100 * peak) / most)}%` }}
                        title={`${(firstHour + i) % 24}:00 · ${peak}`}
                      />
                    ))}
                  </span>
                  <span className="tb-sr-only">{row.peaks.map((peak) => formatCount(peak, language)).join(', ')}</span>
                </td>
                <td className="tb-num">{formatPercent(row.usedPercent / 100, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Paper>
  );
}
