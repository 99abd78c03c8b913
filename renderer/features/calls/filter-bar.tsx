import { ActionIcon, Badge, Button, Collapse, Group, Paper, Select, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconSearch, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CallFilter } from '../../../core/api/contract.ts';
import { CALL_DIRECTIONS } from '../../../core/model/call.ts';
import { DebouncedInput } from '../../components/debounced-input.tsx';
import { PersonSelect } from '../../components/directory-selects.tsx';
import { countMoreFilters } from './call-filter.ts';
import { DayRangeInput } from './day-range-input.tsx';
import { DrillPills } from './drill-pills.tsx';
import type { FilterProps } from './filter-props.ts';
import { MoreFilters } from './more-filters.tsx';

const OUTBOUND = 'outbound';

export function FilterBar({ filter, onChange }: FilterProps) {
  const { t } = useTranslation(['calls', 'app']);
  const more = countMoreFilters(filter);
  const [isOpen, { toggle }] = useDisclosure(more > 0);
  const set = (part: CallFilter): void => onChange({ ...filter, ...part });
  return (
    <Paper p="xs" mb="sm" component="search" aria-label={t('filter.label')}>
      <Group gap="xs" align="center" className="tb-filter-row">
        <DayRangeInput filter={filter} onChange={onChange} />
        <PersonSelect
          aria-label={t('filter.person')}
          placeholder={t('filter.person')}
          noneLabel={t('filter.nobody')}
          value={filter.personId ?? null}
          onChange={(personId) => set({ personId: personId ?? undefined })}
          flex="1 1 150px"
        />
        <DebouncedInput
          aria-label={t('filter.number')}
          placeholder={t('filter.number')}
          value={filter.number ?? ''}
          onSettled={(number) => set({ number })}
          flex="1 1 130px"
        />
        <DebouncedInput
          aria-label={t('filter.code')}
          placeholder={t('filter.code')}
          value={filter.code ?? ''}
          onSettled={(code) => set({ code })}
          flex="0 0 112px"
        />
        <DebouncedInput
          aria-label={t('filter.text')}
          placeholder={t('filter.text')}
          leftSection={<IconSearch size={15} stroke={1.6} />}
          value={filter.text ?? ''}
          onSettled={(text) => set({ text })}
          flex="1 1 170px"
        />
        <Select
          aria-label={t('filter.direction')}
          placeholder={t('filter.direction')}
          clearable
          data={[
            { value: OUTBOUND, label: t('filter.outbound') },
            ...CALL_DIRECTIONS.map((value) => ({ value, label: t(`app:direction.${value}`) })),
          ]}
          value={filter.isOutbound === true ? OUTBOUND : (filter.direction ?? null)}
          onChange={(chosen) =>
            set({
              direction: CALL_DIRECTIONS.find((value) => value === chosen),
              isOutbound: chosen === OUTBOUND || undefined,
            })
          }
          flex="0 0 134px"
        />
        <Button
          variant="default"
          onClick={toggle}
          aria-expanded={isOpen}
          flex="none"
          px="sm"
          leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.6} />}
          rightSection={more > 0 ? <Badge size="sm">{more}</Badge> : null}
        >
          {t('filter.more')}
        </Button>
        {Object.keys(filter).length > 0 && (
          <Tooltip label={t('app:action.clear')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={t('app:action.clear')}
              onClick={() => onChange({})}
            >
              <IconX size={17} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      <Collapse expanded={isOpen} transitionDuration={120}>
        <MoreFilters filter={filter} onChange={onChange} />
        <DrillPills filter={filter} onChange={onChange} />
      </Collapse>
    </Paper>
  );
}
