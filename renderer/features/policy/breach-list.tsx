/** Where code rules are broken, by extension: since when, how often, by which rule, and what to ask the PBX technician. */
import { Alert, Button, Group, Paper, Skeleton, Stack, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconCircleCheck, IconPrinter, IconShieldOff } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Breach, BreachReport } from '../../../core/api/contract.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { usePolicyWords } from '../../components/policy-words.ts';
import { Count, LocalTime } from '../../components/values.tsx';
import { VerdictBadge } from '../../components/verdict-badge.tsx';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import type { DayRange } from '../../site-day.ts';
import { callsPath } from '../calls/call-filter.ts';
import { DayRangeInput } from '../calls/day-range-input.tsx';
import { BreachDetails } from './breach-details.tsx';

interface BreachListProps {
  readonly days: DayRange;
  readonly onDays: (days: Partial<DayRange>) => void;
}

export function BreachList({ days, onDays }: BreachListProps) {
  const { t } = useTranslation('policy');
  const report = useRead('listBreaches', { query: days }, { placeholderData: keepPreviousData });
  const { data } = report;
  return (
    <Stack>
      <Group justify="space-between">
        <DayRangeInput
          filter={days}
          onChange={({ from, to }) => onDays({ ...(from && { from }), ...(to && { to }) })}
        />
        {data !== undefined && data.breaches.length > 0 && (
          <Button
            component={Link}
            to={`/policy/work-order?from=${days.from}&to=${days.to}`}
            variant="default"
            leftSection={<IconPrinter size={16} stroke={1.6} />}
          >
            {t('breaches.workOrder')}
          </Button>
        )}
      </Group>
      {data === undefined ? <Skeleton height={280} /> : <Report report={data} days={days} />}
    </Stack>
  );
}

function Report({ report, days }: { readonly report: BreachReport; readonly days: DayRange }) {
  const { t } = useTranslation('policy');
  const { breaches, sources, leftOut } = report;
  if (sources.length === 0) {
    return (
      <EmptyState icon={IconShieldOff} title={t('breaches.notJudged.title')} text={t('breaches.notJudged.text')} />
    );
  }
  return (
    <>
      <SourceNotes sources={sources} />
      {breaches.length === 0 ? (
        <EmptyState icon={IconCircleCheck} title={t('breaches.none.title')} text={t('breaches.none.text')} />
      ) : (
        <Paper className="tb-scroll">
          <table className="tb-table tb-breaches" aria-label={t('breaches.tableLabel')}>
            <thead>
              <tr>
                <th>
                  <VisuallyHidden>{t('breaches.examples')}</VisuallyHidden>
                </th>
                <th>{t('breaches.extension')}</th>
                <th>{t('breaches.verdict')}</th>
                <th data-end>{t('breaches.calls')}</th>
                <th data-end>{t('breaches.attempts')}</th>
                <th>{t('breaches.first')}</th>
                <th>{t('breaches.last')}</th>
                <th>
                  <VisuallyHidden>{t('breaches.showCalls')}</VisuallyHidden>
                </th>
              </tr>
            </thead>
            <tbody>
              {breaches.map((breach) => (
                <BreachRows
                  key={`${breach.sourceId} ${breach.extension} ${breach.verdict}`}
                  breach={breach}
                  days={days}
                  hasManySources={sources.length > 1}
                />
              ))}
            </tbody>
          </table>
        </Paper>
      )}
      {leftOut > 0 && (
        <Text size="sm" c="dimmed">
          {t('breaches.leftOut', { count: leftOut })}
        </Text>
      )}
    </>
  );
}

function SourceNotes({ sources }: { readonly sources: BreachReport['sources'] }) {
  const { t } = useTranslation('policy');
  const language = useLanguage();
  return sources.map(({ sourceId, name, judged, obeying, withCode, hasCodeField }) => (
    <div key={sourceId}>
      <Text size="sm">
        {t('breaches.source', {
          name,
          obeying: formatCount(obeying, language),
          judged: formatCount(judged, language),
        })}
      </Text>
      {(!hasCodeField || withCode === 0) && (
        <Alert color="yellow" mt={6}>
          {t(hasCodeField ? 'breaches.noCodeSeen' : 'breaches.noCodeField')}
        </Alert>
      )}
    </div>
  ));
}

interface BreachRowsProps {
  readonly breach: Breach;
  readonly days: DayRange;
  readonly hasManySources: boolean;
}

function BreachRows({ breach, days, hasManySources }: BreachRowsProps) {
  const { t } = useTranslation('policy');
  const words = usePolicyWords();
  const [isOpen, setIsOpen] = useState(false);
  const { sourceId, sourceName, extension, verdict, ruling } = breach;
  const name = extension ?? t('breaches.noExtension');
  const Icon = isOpen ? IconChevronDown : IconChevronRight;
  const filter = { ...days, sourceId, verdict, ...(extension === null ? {} : { extension }) };
  return (
    <>
      <tr>
        <td>
          <UnstyledButton
            className="tb-row"
            aria-expanded={isOpen}
            aria-label={t('breaches.details', { name })}
            onClick={() => setIsOpen(!isOpen)}
          >
            <Icon size={17} stroke={1.6} />
          </UnstyledButton>
        </td>
        <td>
          <Text size="sm" fw={600} className="tb-num">
            {name}
          </Text>
          {hasManySources && (
            <Text size="xs" c="dimmed">
              {sourceName}
            </Text>
          )}
        </td>
        <td>
          <VerdictBadge verdict={verdict} isInDoubt={breach.isInDoubt} />
          <Text size="xs" c="dimmed" mt={3}>
            {ruling === null ? t('ruleChanged') : words.ruling(ruling)}
          </Text>
        </td>
        <td data-end>
          <Count value={breach.calls} />
        </td>
        <td data-end>
          <Count value={breach.attempts} />
        </td>
        <td className="tb-nowrap">
          <LocalTime value={breach.firstLocal} />
        </td>
        <td className="tb-nowrap">
          <LocalTime value={breach.lastLocal} />
        </td>
        <td className="tb-nowrap">
          <Link className="tb-link" to={callsPath(filter)}>
            {t('breaches.showCalls')}
          </Link>
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={8}>
            <BreachDetails breach={breach} />
          </td>
        </tr>
      )}
    </>
  );
}
