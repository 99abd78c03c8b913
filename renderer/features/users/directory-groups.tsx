/** Which group of the directory has which role. */
import { ActionIcon, Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ROLES } from '../../../core/model/access.ts';
import { Section } from '../../components/section.tsx';
import type { DirectoryFieldsProps } from './directory-fields.tsx';

const NOBODY = 'nobody';

export function DirectoryGroups({ draft, errors, onChange }: DirectoryFieldsProps) {
  const { t } = useTranslation('access');
  const roles = ROLES.map((value) => ({ value, label: t(`role.${value}`) }));
  const change = (index: number, part: Partial<(typeof draft.groups)[number]>): void =>
    onChange({ ...draft, groups: draft.groups.map((group, i) => (i === index ? { ...group, ...part } : group)) });
  return (
    <Section title={t('directory.groups')} text={t('directory.groupsText')}>
      <Stack gap="xs">
        {draft.groups.map(({ group, role }, index) => (
          // Groups have no key of their own; they are only changed in place, added at the end or taken out.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Group key={index} align="flex-end" wrap="nowrap">
            <TextInput
              flex={1}
              label={t('directory.group')}
              description={index === 0 ? t('directory.groupHelp') : undefined}
              value={group}
              error={errors.at(`groups.${index}.group`)}
              onChange={(event) => change(index, { group: event.currentTarget.value })}
            />
            <Select
              w={220}
              allowDeselect={false}
              label={t('directory.role')}
              data={roles}
              value={role}
              onChange={(value) => change(index, { role: ROLES.find((known) => known === value) ?? role })}
            />
            <ActionIcon
              mb={4}
              variant="subtle"
              color="gray"
              aria-label={t('directory.removeGroup', { group })}
              onClick={() => onChange({ ...draft, groups: draft.groups.filter((_, i) => i !== index) })}
            >
              <IconX size={16} />
            </ActionIcon>
          </Group>
        ))}
      </Stack>
      <Group>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          onClick={() => onChange({ ...draft, groups: [...draft.groups, { group: '', role: 'employee' }] })}
        >
          {t('directory.addGroup')}
        </Button>
      </Group>
      <Select
        maw={320}
        allowDeselect={false}
        label={t('directory.otherRole')}
        data={[{ value: NOBODY, label: t('directory.nobodyElse') }, ...roles]}
        value={draft.otherRole ?? NOBODY}
        onChange={(value) => onChange({ ...draft, otherRole: ROLES.find((role) => role === value) ?? null })}
      />
    </Section>
  );
}
