/** Which alerts are shown; kept in the address. */
import { Group, SegmentedControl, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ALERT_KINDS, SEVERITIES } from '../../../core/model/alert.ts';
import type { Input } from '../../api.ts';

export const SHOWS = ['waiting', 'acknowledged', 'snoozed', 'resolved', 'all'] as const;
const HISTORIES = ['all', 'live', 'history'] as const;

export type AlertChoice = NonNullable<NonNullable<Input<'listAlerts'>>['query']>;

export function useAlertChoice(): readonly [AlertChoice, (part: Readonly<Record<string, string | null>>) => void] {
  const [search, setSearch] = useSearchParams();
  const kind = ALERT_KINDS.find((value) => value === search.get('kind'));
  const severity = SEVERITIES.find((value) => value === search.get('severity'));
  const calls = search.get('calls');
  const choice: AlertChoice = {
    show: SHOWS.find((value) => value === search.get('show')) ?? 'waiting',
    ...(kind === undefined ? {} : { kind }),
    ...(severity === undefined ? {} : { severity }),
    ...(calls === 'live' || calls === 'history' ? { isHistory: calls === 'history' } : {}),
  };
  const set = (part: Readonly<Record<string, string | null>>): void => {
    const next = new URLSearchParams(search);
    for (const [key, value] of Object.entries(part)) {
      if (value === null) next.delete(key);
      else next.set(key, value);
    }
    setSearch(next, { replace: true });
  };
  return [choice, set];
}

export function AlertFilters() {
  const { t } = useTranslation('alerts');
  const [choice, set] = useAlertChoice();
  const calls = choice.isHistory === undefined ? 'all' : choice.isHistory === true ? 'history' : 'live';
  return (
    <Group gap="xs" mb="sm">
      <SegmentedControl
        aria-label={t('show.label')}
        value={choice.show ?? 'waiting'}
        onChange={(show) => set({ show })}
        data={SHOWS.map((value) => ({ value, label: t(`show.${value}`) }))}
      />
      <Select
        aria-label={t('kindLabel')}
        placeholder={t('allKinds')}
        clearable
        data={ALERT_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={choice.kind ?? null}
        onChange={(kind) => set({ kind })}
      />
      <Select
        aria-label={t('severityLabel')}
        placeholder={t('allSeverities')}
        clearable
        w={170}
        data={SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))}
        value={choice.severity ?? null}
        onChange={(severity) => set({ severity })}
      />
      <Select
        aria-label={t('historyLabel')}
        allowDeselect={false}
        w={170}
        data={HISTORIES.map((value) => ({ value, label: t(`historyKind.${value}`) }))}
        value={calls}
        onChange={(value) => set({ calls: value === 'all' ? null : value })}
      />
    </Group>
  );
}
