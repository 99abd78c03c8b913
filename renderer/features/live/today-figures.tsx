import { Paper } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Count, Duration, Figure, MoneySums } from '../../components/values.tsx';
import { callsPath } from '../calls/call-filter.ts';
import { useTodayCounts } from './live-queries.ts';

export function TodayFigures() {
  const { t } = useTranslation('live');
  const { day, all, outgoing, unknownCodes, unrated } = useTodayCounts();
  return (
    <Paper className="tb-figures" component="section" aria-label={t('today.label')} mb="sm">
      <Figure label={t('today.calls')}>
        <Link className="tb-figure-link" to={callsPath(day)}>
          <Count value={all.data?.calls ?? 0} />
        </Link>
      </Figure>
      <Figure label={t('today.outgoing')}>
        <Link className="tb-figure-link" to={callsPath({ ...day, direction: 'outgoing' })}>
          <Count value={outgoing.data?.calls ?? 0} />
        </Link>
      </Figure>
      <Figure label={t('today.talk')}>
        <Duration seconds={all.data?.talkSeconds ?? 0} />
      </Figure>
      <Figure label={t('today.charge')}>
        <MoneySums values={outgoing.data?.charges ?? []} />
      </Figure>
      <Figure label={t('today.unknownCodes')}>
        <Link
          className="tb-figure-link"
          data-warn={(unknownCodes.data?.calls ?? 0) > 0 || undefined}
          to={callsPath({ ...day, reason: 'unknown-code' })}
        >
          <Count value={unknownCodes.data?.calls ?? 0} />
        </Link>
      </Figure>
      <Figure label={t('today.unrated')}>
        <Link
          className="tb-figure-link"
          data-warn={(unrated.data?.calls ?? 0) > 0 || undefined}
          to={callsPath({ ...day, rating: 'unrated' })}
        >
          <Count value={unrated.data?.calls ?? 0} />
        </Link>
      </Figure>
    </Paper>
  );
}
