import { ActionIcon, Group, MultiSelect, Paper, SimpleGrid, Stack, TextInput, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../query-client.ts';
import { type GroupDraft, spansOf } from './policy-draft.ts';
import { RuleFields } from './rule-fields.tsx';

interface GroupFieldsProps {
  readonly group: GroupDraft;
  readonly place: number;
  readonly count: number;
  readonly errorAt: (path: string) => string | undefined;
  readonly onChange: (group: GroupDraft) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

export function GroupFields({ group, place, count, errorAt, onChange, onMove, onRemove }: GroupFieldsProps) {
  const { t } = useTranslation('policy');
  const sources = useRead('listSources');
  const spans = spansOf(group.extensions);
  const spanError = spans?.map((_, i) => errorAt(`extensions.${i}`)).find((message) => message !== undefined);
  const button = (label: string, icon: typeof IconTrash, isOff: boolean, act: () => void) => {
    const Icon = icon;
    return (
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="gray" disabled={isOff} aria-label={`${label}: ${group.name}`} onClick={act}>
          <Icon size={17} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    );
  };
  return (
    <Paper p="sm" component="section" aria-label={group.name}>
      <Stack gap="sm">
        <Group align="flex-start" wrap="nowrap">
          <SimpleGrid cols={{ base: 1, sm: 3 }} flex={1}>
            <TextInput
              label={t('editor.groupName')}
              value={group.name}
              error={errorAt('name')}
              onChange={(event) => onChange({ ...group, name: event.currentTarget.value })}
            />
            <TextInput
              label={t('editor.extensions')}
              placeholder={t('editor.extensionsHelp')}
              value={group.extensions}
              error={spans === undefined ? t('editor.extensionsWrong') : spanError}
              onChange={(event) => onChange({ ...group, extensions: event.currentTarget.value })}
            />
            <MultiSelect
              label={t('editor.sources')}
              placeholder={group.sourceIds.length === 0 ? t('editor.allSources') : ''}
              clearable
              data={(sources.data ?? []).map((source) => ({ value: String(source.id), label: source.name }))}
              value={group.sourceIds.map(String)}
              onChange={(ids) => onChange({ ...group, sourceIds: ids.map(Number) })}
            />
          </SimpleGrid>
          <Group gap={2} wrap="nowrap" pt={24}>
            {button(t('editor.moveUp'), IconArrowUp, place === 0, () => onMove(-1))}
            {button(t('editor.moveDown'), IconArrowDown, place === count - 1, () => onMove(1))}
            {button(t('editor.removeGroup'), IconTrash, false, onRemove)}
          </Group>
        </Group>
        <RuleFields value={group} onChange={(rule) => onChange({ ...group, ...rule })} />
      </Stack>
    </Paper>
  );
}
