/** PBXs that speak in packets. */
import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldsProps } from './fields-props.ts';
import { HostAndPort, NumberField, SecretField } from './setting-fields.tsx';

export function NecLinkFields({ config, errors, onChange }: FieldsProps<'nec-link'>) {
  const { t } = useTranslation('sources');
  return (
    <>
      <HostAndPort
        value={config}
        errors={errors}
        portHelp={t('help.necPort')}
        onChange={({ host, port }) => onChange({ ...config, host, port })}
      />
      <NumberField
        name="pollSeconds"
        label={t('field.pollSeconds')}
        help={t('help.necPoll')}
        min={1}
        max={3600}
        value={config.pollSeconds}
        errors={errors}
        onChange={(pollSeconds) => onChange({ ...config, pollSeconds })}
      />
      <Switch
        label={t('field.isParityChecked')}
        description={t('help.isParityChecked')}
        checked={config.isParityChecked}
        onChange={(event) => onChange({ ...config, isParityChecked: event.currentTarget.checked })}
      />
    </>
  );
}

export function Mitel5000Fields({ config, errors, onChange }: FieldsProps<'mitel-5000-link'>) {
  const { t } = useTranslation('sources');
  return (
    <>
      <HostAndPort
        value={config}
        errors={errors}
        portHelp={t('help.mitelPort')}
        onChange={({ host, port }) => onChange({ ...config, host, port })}
      />
      <SecretField
        name="password"
        label={t('field.pbxPassword')}
        help={t('help.pbxPassword')}
        value={config.password}
        errors={errors}
        onChange={(password) => onChange({ ...config, password })}
      />
    </>
  );
}
