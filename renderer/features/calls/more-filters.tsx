import { Checkbox, Group, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallFilter } from '../../../core/api/contract.ts';
import { ATTRIBUTION_REASONS, BANDS, CALL_PURPOSES, CALL_VERDICTS, RATING_STATES } from '../../../core/model/call.ts';
import { DebouncedInput } from '../../components/debounced-input.tsx';
import { DepartmentSelect } from '../../components/directory-selects.tsx';
import { useRead } from '../../query-client.ts';
import type { FilterProps } from './filter-props.ts';

const ANY_BREACH = 'breach';

export function MoreFilters({ filter, onChange }: FilterProps) {
  const { t } = useTranslation(['calls', 'app', 'policy']);
  const sources = useRead('listSources');
  const set = (part: CallFilter): void => onChange({ ...filter, ...part });
  return (
    <Group gap="xs" pt="xs" grow className="tb-filter-row" preventGrowOverflow={false}>
      <DepartmentSelect
        aria-label={t('filter.department')}
        placeholder={t('filter.department')}
        noneLabel={t('filter.noDepartment')}
        value={filter.departmentId ?? null}
        onChange={(departmentId) => set({ departmentId: departmentId ?? undefined, isDepartmentOnly: undefined })}
      />
      {filter.departmentId !== undefined && filter.departmentId > 0 && (
        <Checkbox
          label={t('filter.departmentOnly')}
          checked={filter.isDepartmentOnly === true}
          onChange={(event) => set({ isDepartmentOnly: event.currentTarget.checked || undefined })}
        />
      )}
      <DebouncedInput
        aria-label={t('filter.extension')}
        placeholder={t('filter.extension')}
        value={filter.extension ?? ''}
        onSettled={(extension) => set({ extension })}
      />
      <Select
        aria-label={t('filter.band')}
        placeholder={t('filter.band')}
        clearable
        data={BANDS.map((value) => ({ value, label: t(`app:band.${value}`) }))}
        value={filter.band ?? null}
        onChange={(band) => set({ band: band ?? undefined })}
      />
      <Select
        aria-label={t('filter.reason')}
        placeholder={t('filter.reason')}
        clearable
        data={ATTRIBUTION_REASONS.map((value) => ({ value, label: t(`app:reason.${value}`) }))}
        value={filter.reason ?? null}
        onChange={(reason) => set({ reason: reason ?? undefined })}
      />
      <Select
        aria-label={t('filter.rating')}
        placeholder={t('filter.rating')}
        clearable
        data={RATING_STATES.map((value) => ({ value, label: t(`app:rating.${value}`) }))}
        value={filter.rating ?? null}
        onChange={(rating) => set({ rating: rating ?? undefined })}
      />
      <Select
        aria-label={t('policy:filterLabel')}
        placeholder={t('policy:filterLabel')}
        clearable
        data={[
          { value: ANY_BREACH, label: t('policy:anyBreach') },
          ...CALL_VERDICTS.map((value) => ({ value, label: t(`policy:verdict.${value}`) })),
        ]}
        value={filter.isBreach === true ? ANY_BREACH : (filter.verdict ?? null)}
        onChange={(chosen) =>
          set({
            verdict: CALL_VERDICTS.find((value) => value === chosen),
            isBreach: chosen === ANY_BREACH || undefined,
          })
        }
      />
      <Select
        aria-label={t('filter.purpose')}
        placeholder={t('filter.purpose')}
        clearable
        data={CALL_PURPOSES.map((value) => ({ value, label: t(`filter.${value}`) }))}
        value={filter.purpose ?? null}
        onChange={(purpose) => set({ purpose: purpose ?? undefined })}
      />
      <DebouncedInput
        aria-label={t('filter.trunk')}
        placeholder={t('filter.trunk')}
        value={filter.trunk ?? ''}
        onSettled={(trunk) => set({ trunk })}
      />
      <Select
        aria-label={t('filter.source')}
        placeholder={t('filter.source')}
        clearable
        data={(sources.data ?? []).map((source) => ({ value: String(source.id), label: source.name }))}
        value={filter.sourceId === undefined ? null : String(filter.sourceId)}
        onChange={(id) => set({ sourceId: id === null ? undefined : Number(id) })}
      />
    </Group>
  );
}
