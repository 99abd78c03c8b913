/** What the first month still needs; what is done was found out by the program itself. */
import { Badge, Group, Progress, Text } from '@mantine/core';
import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FirstWeek } from '../../../core/api/contract.ts';
import { callsPath } from '../calls/call-filter.ts';

type StepKey = FirstWeek['steps'][number]['step'];

const PAGE: Readonly<Record<StepKey, string>> = {
  source: '/sources',
  people: '/people',
  codes: '/codes',
  tariff: '/tariffs/test',
  'unknown-codes': callsPath({ reason: 'unknown-code' }),
  'alert-mail': '/alerts/settings',
  backup: '/backup',
  month: '/month',
};

export function FirstWeekList({ firstWeek }: { readonly firstWeek: FirstWeek }) {
  const { t } = useTranslation('comfort');
  const { steps } = firstWeek;
  const done = steps.filter(({ isDone }) => isDone).length;
  const told = t('firstWeek.progress', { done, total: steps.length });
  return (
    <>
      <Group gap="sm" mb="xs">
        <Progress value={(done / steps.length) * 100} flex={1} size={8} aria-label={told} />
        <Text size="sm" className="tb-num">
          {told}
        </Text>
      </Group>
      <ol className="tb-steps">
        {steps.map(({ step, isDone, count }) => (
          <li key={step} data-done={isDone || undefined}>
            {isDone ? <IconCircleCheck size={20} aria-hidden /> : <IconCircle size={20} aria-hidden />}
            <div>
              <Link className="tb-link" to={PAGE[step]}>
                {t(`firstWeek.${step}`)}
              </Link>
              <Text size="sm" c="dimmed">
                {step === 'unknown-codes' && count > 0
                  ? t('firstWeek.unknown-codesLeft', { count })
                  : t(`firstWeek.${step}Text`)}
              </Text>
            </div>
            <Badge color={isDone ? 'ledger' : 'gray'}>{t(isDone ? 'firstWeek.done' : 'firstWeek.open')}</Badge>
          </li>
        ))}
      </ol>
    </>
  );
}
