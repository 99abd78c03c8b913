import { Paper } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Result } from '../../api.ts';
import { Count, Duration, Figure, MoneySums } from '../../components/values.tsx';
import { sumOf } from '../../money-sums.ts';
import { callsPath, monthCalls } from '../calls/call-filter.ts';

export function MonthSummary({ report }: { readonly report: Result<'getMonth'> }) {
  const { t } = useTranslation('month');
  const calls = monthCalls(report.month);
  return (
    <Paper className="tb-figures" component="section" aria-label={t('summary.label')} mb="md">
      <Figure label={t('summary.calls')}>
        <Link className="tb-figure-link" to={callsPath(calls)}>
          <Count value={report.totals.calls} />
        </Link>
      </Figure>
      <Figure label={t('summary.talk')}>
        <Duration seconds={report.totals.talkSeconds} />
      </Figure>
      <Figure label={t('summary.charge')}>
        <MoneySums values={report.totals.charges} />
      </Figure>
      {report.taxOnTotal.length > 0 && (
        <>
          <Figure label={t('summary.tax')}>
            <MoneySums values={report.taxOnTotal} />
          </Figure>
          <Figure label={t('summary.withTax')}>
            <MoneySums values={sumOf([...report.totals.charges, ...report.taxOnTotal])} />
          </Figure>
        </>
      )}
      {report.corrections.length > 0 && (
        <>
          <Figure label={t('summary.corrections')}>
            <MoneySums values={report.corrections} />
          </Figure>
          <Figure label={t('summary.due')}>
            <MoneySums values={report.due} />
          </Figure>
        </>
      )}
      {report.privateCharges.length > 0 && (
        <Figure label={t('summary.private')}>
          <Link className="tb-figure-link" to={callsPath({ ...calls, purpose: 'private' })}>
            <MoneySums values={report.privateCharges} />
          </Link>
        </Figure>
      )}
      {report.late.calls > 0 && (
        <Figure label={t('summary.late')}>
          <Count value={report.late.calls} />
        </Figure>
      )}
      <Figure label={t('summary.unattributed')}>
        <Link
          className="tb-figure-link"
          data-warn={report.unattributed.calls > 0 || undefined}
          to={callsPath({ ...calls, personId: 0 })}
        >
          <Count value={report.unattributed.calls} />
        </Link>
      </Figure>
      <Figure label={t('summary.unrated')}>
        <Link
          className="tb-figure-link"
          data-warn={report.unratedCalls > 0 || undefined}
          to={callsPath({ ...calls, rating: 'unrated' })}
        >
          <Count value={report.unratedCalls} />
        </Link>
      </Figure>
      <Figure label={t('summary.quarantined')}>
        <Link className="tb-figure-link" data-warn={report.quarantinedFrames > 0 || undefined} to="/quarantine">
          <Count value={report.quarantinedFrames} />
        </Link>
      </Figure>
    </Paper>
  );
}
