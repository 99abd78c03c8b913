/** The table in which Asterisk keeps its call records. */
import { SimpleGrid, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldsProps } from './fields-props.ts';
import { ChoiceField, HostAndPort, NumberField, SecretField, TextField } from './setting-fields.tsx';
import { DATABASE_PORT } from './source-draft.ts';

const ENGINES = ['mysql', 'postgresql'] as const;
const TLS = ['off', 'encrypted', 'verified'] as const;

export function DatabaseFields({ config, errors, onChange }: FieldsProps<'database'>) {
  const { t } = useTranslation('sources');
  return (
    <>
      <SimpleGrid cols={2}>
        <ChoiceField
          name="engine"
          label={t('field.engine')}
          choices={ENGINES.map((value) => ({ value, label: t(`engine.${value}`) }))}
          value={config.engine}
          errors={errors}
          onChange={(engine) => {
            // A port that somebody chose stays.
            const isUsual = config.port === DATABASE_PORT[config.engine];
            onChange({ ...config, engine, port: isUsual ? DATABASE_PORT[engine] : config.port });
          }}
        />
        <ChoiceField
          name="tls"
          label={t('field.tls')}
          choices={TLS.map((value) => ({ value, label: t(`tls.${value}`) }))}
          value={config.tls}
          errors={errors}
          onChange={(tls) => onChange({ ...config, tls })}
        />
      </SimpleGrid>
      <HostAndPort
        value={config}
        errors={errors}
        hostLabel={t('field.server')}
        portHelp={t('help.databasePort')}
        onChange={({ host, port }) => onChange({ ...config, host, port })}
      />
      <SimpleGrid cols={2}>
        <TextField
          name="username"
          label={t('field.username')}
          help={t('help.dbUsername')}
          value={config.username}
          errors={errors}
          onChange={(username) => onChange({ ...config, username })}
        />
        <SecretField
          name="password"
          label={t('field.password')}
          value={config.password}
          errors={errors}
          onChange={(password) => onChange({ ...config, password })}
        />
        <TextField
          name="database"
          label={t('field.database')}
          help={t('help.database')}
          value={config.database}
          errors={errors}
          onChange={(database) => onChange({ ...config, database })}
        />
        <TextField
          name="table"
          label={t('field.table')}
          help={t('help.table')}
          value={config.table}
          errors={errors}
          onChange={(table) => onChange({ ...config, table })}
        />
        <TextField
          name="keyColumn"
          label={t('field.keyColumn')}
          help={t('help.keyColumn')}
          value={config.keyColumn}
          errors={errors}
          onChange={(keyColumn) => onChange({ ...config, keyColumn })}
        />
        <NumberField
          name="pollSeconds"
          label={t('field.pollSeconds')}
          min={1}
          max={86_400}
          value={config.pollSeconds}
          errors={errors}
          onChange={(pollSeconds) => onChange({ ...config, pollSeconds })}
        />
      </SimpleGrid>
      <Switch
        label={t('field.fromStartTable')}
        description={t('help.fromStartTable')}
        checked={config.fromStart}
        onChange={(event) => onChange({ ...config, fromStart: event.currentTarget.checked })}
      />
    </>
  );
}
