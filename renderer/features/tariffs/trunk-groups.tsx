import { ActionIcon, Button, Group, Text, TextInput, Title } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GroupDraft } from './choice-draft.ts';

interface TrunkGroupsProps {
  readonly groups: readonly GroupDraft[];
  readonly onChange: (groups: readonly GroupDraft[]) => void;
}

export function TrunkGroups({ groups, onChange }: TrunkGroupsProps) {
  const { t } = useTranslation('tariffs');
  const set = (at: number, part: Partial<GroupDraft>): void =>
    onChange(groups.map((group, i) => (i === at ? { ...group, ...part } : group)));
  return (
    <div>
      <Title order={3} mt="sm">
        {t('choices.groups')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('choices.groupsText')}
      </Text>
      {groups.map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups have no name of their own while they are typed
        <Group key={at} gap="xs" mb="xs" align="flex-end" wrap="nowrap">
          <TextInput
            label={t('choices.group')}
            w={220}
            maxLength={200}
            value={group.name}
            onChange={(event) => set(at, { name: event.currentTarget.value })}
          />
          <TextInput
            label={t('choices.groupTrunks')}
            flex={1}
            maw={420}
            value={group.trunks}
            onChange={(event) => set(at, { trunks: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="red"
            size="lg"
            aria-label={t('choices.removeGroup', { name: group.name })}
            onClick={() => onChange(groups.filter((_, i) => i !== at))}
          >
            <IconTrash size={16} stroke={1.6} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="light"
        size="xs"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...groups, { name: '', trunks: '' }])}
      >
        {t('choices.addGroup')}
      </Button>
    </div>
  );
}
