import { ActionIcon, Autocomplete, NativeSelect, SimpleGrid, Tooltip } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../query-client.ts';
import type { FieldsProps } from './fields-props.ts';

const SPEEDS = [300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200];
const PARITIES = ['none', 'even', 'odd', 'mark', 'space'] as const;
const FLOW_CONTROLS = ['none', 'rts-cts', 'xon-xoff'] as const;

export function SerialFields({ config, errors, onChange }: FieldsProps<'serial'>) {
  const { t } = useTranslation('sources');
  const ports = useRead('listSerialPorts', undefined, { staleTime: 0 });
  const found = ports.data ?? [];
  return (
    <>
      <Autocomplete
        label={t('field.serialPath')}
        description={ports.data !== undefined && found.length === 0 ? t('help.noSerialPorts') : t('help.serialPath')}
        placeholder="COM3"
        data={found.map((port) => port.path)}
        renderOption={({ option }) => {
          const description = found.find((port) => port.path === option.value)?.description ?? '';
          return description === '' ? option.value : `${option.value} · ${description}`;
        }}
        filter={({ options }) => options}
        value={config.path}
        error={errors.at('config.path')}
        onChange={(path) => onChange({ ...config, path })}
        rightSection={
          <Tooltip label={t('refreshPorts')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('refreshPorts')}
              loading={ports.isFetching}
              onClick={() => void ports.refetch()}
            >
              <IconRefresh size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        }
      />
      <SimpleGrid cols={3}>
        <NativeSelect
          label={t('field.baudRate')}
          data={SPEEDS.map(String)}
          value={String(config.baudRate)}
          error={errors.at('config.baudRate')}
          onChange={(event) => onChange({ ...config, baudRate: Number(event.currentTarget.value) })}
        />
        <NativeSelect
          label={t('field.dataBits')}
          data={['8', '7']}
          value={String(config.dataBits)}
          onChange={(event) => onChange({ ...config, dataBits: event.currentTarget.value === '7' ? 7 : 8 })}
        />
        <NativeSelect
          label={t('field.stopBits')}
          data={['1', '2']}
          value={String(config.stopBits)}
          onChange={(event) => onChange({ ...config, stopBits: event.currentTarget.value === '2' ? 2 : 1 })}
        />
        <NativeSelect
          label={t('field.parity')}
          data={PARITIES.map((value) => ({ value, label: t(`parity.${value}`) }))}
          value={config.parity}
          onChange={(event) => {
            const parity = PARITIES.find((value) => value === event.currentTarget.value) ?? 'none';
            onChange({ ...config, parity });
          }}
        />
        <NativeSelect
          label={t('field.flowControl')}
          data={FLOW_CONTROLS.map((value) => ({ value, label: t(`flowControl.${value}`) }))}
          value={config.flowControl}
          onChange={(event) => {
            const flowControl = FLOW_CONTROLS.find((value) => value === event.currentTarget.value) ?? 'none';
            onChange({ ...config, flowControl });
          }}
        />
      </SimpleGrid>
    </>
  );
}
