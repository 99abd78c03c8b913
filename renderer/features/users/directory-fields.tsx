/** Server, account, search: the fields of the directory. */
import { Alert, Button, Group, PasswordInput, Select, SimpleGrid, Switch, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DIRECTORY_ATTRIBUTES, DIRECTORY_SECURITY } from '../../../core/model/directory.ts';
import { Section } from '../../components/section.tsx';
import type { FieldErrors } from '../../field-errors.ts';
import { type DirectoryDraft, PORTS, PRESET_NAMES, PRESETS, withPreset } from './directory-draft.ts';

export interface DirectoryFieldsProps {
  readonly draft: DirectoryDraft;
  readonly hasPassword: boolean;
  readonly errors: FieldErrors;
  readonly onChange: (draft: DirectoryDraft) => void;
}

type TextName = 'host' | 'authorityFile' | 'bindName' | 'base' | 'userFilter' | 'peopleFilter' | 'groupFilter';

export function DirectoryFields({ draft, hasPassword, errors, onChange }: DirectoryFieldsProps) {
  const { t } = useTranslation('access');
  const set = (part: Partial<DirectoryDraft>): void => onChange({ ...draft, ...part });
  const text = (name: TextName, label: string, description?: string) => ({
    label,
    description,
    autoComplete: 'off',
    spellCheck: false,
    value: draft[name],
    error: errors.at(name),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      set({ [name]: event.currentTarget.value }),
  });
  return (
    <>
      <Section title={t('directory.server')}>
        <Switch
          label={t('directory.isOn')}
          description={t('directory.isOnHelp')}
          checked={draft.isOn}
          onChange={(event) => set({ isOn: event.currentTarget.checked })}
        />
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <TextInput {...text('host', t('directory.host'))} />
          <Select
            allowDeselect={false}
            label={t('directory.security')}
            data={DIRECTORY_SECURITY.map((value) => ({ value, label: t(`directory.securityKind.${value}`) }))}
            value={draft.security}
            onChange={(value) => {
              const security = DIRECTORY_SECURITY.find((kind) => kind === value) ?? draft.security;
              set({ security, port: draft.port === PORTS[draft.security] ? PORTS[security] : draft.port });
            }}
          />
          <TextInput
            label={t('directory.port')}
            inputMode="numeric"
            value={draft.port === 0 ? '' : String(draft.port)}
            error={errors.at('port')}
            onChange={(event) => set({ port: Number(event.currentTarget.value.replace(/\D/g, '')) })}
          />
        </SimpleGrid>
        {draft.security === 'none' ? (
          <Alert color="orange">{t('directory.noTls')}</Alert>
        ) : (
          <TextInput {...text('authorityFile', t('directory.authorityFile'), t('directory.authorityHelp'))} />
        )}
      </Section>
      <Section title={t('directory.account')}>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput {...text('bindName', t('directory.bindName'), t('directory.bindHelp'))} />
          <PasswordInput
            label={t('directory.password')}
            description={hasPassword ? t('directory.passwordKept') : '\u00a0'}
            autoComplete="new-password"
            value={draft.password}
            error={errors.at('password')}
            onChange={(event) => set({ password: event.currentTarget.value })}
          />
        </SimpleGrid>
      </Section>
      <Section title={t('directory.search')}>
        <Group gap="xs">
          <Text size="sm">{t('directory.preset')}</Text>
          {PRESETS.map((preset) => (
            <Button
              key={preset}
              size="compact-sm"
              variant="default"
              onClick={() => onChange(withPreset(draft, preset))}
            >
              {PRESET_NAMES[preset]}
            </Button>
          ))}
        </Group>
        <TextInput {...text('base', t('directory.base'))} placeholder="dc=company,dc=vn" />
        <TextInput {...text('userFilter', t('directory.userFilter'), t('directory.userFilterHelp'))} />
        <TextInput {...text('peopleFilter', t('directory.peopleFilter'))} />
        <TextInput {...text('groupFilter', t('directory.groupFilter'), t('directory.groupFilterHelp'))} />
        <Text fw={600} size="sm">
          {t('directory.attributes')}
        </Text>
        <SimpleGrid cols={{ base: 2, sm: 3 }}>
          {DIRECTORY_ATTRIBUTES.map((name) => (
            <TextInput
              key={name}
              label={t(`directory.attribute.${name}`)}
              autoComplete="off"
              spellCheck={false}
              value={draft.attributes[name]}
              error={errors.at(`attributes.${name}`)}
              onChange={(event) => set({ attributes: { ...draft.attributes, [name]: event.currentTarget.value } })}
            />
          ))}
        </SimpleGrid>
      </Section>
    </>
  );
}
