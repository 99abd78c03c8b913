/** Bytes that a wrongly set serial port made: what is wrong, and the settings to try, each by one click. */
import { Alert, Button, Group, Menu, Text } from '@mantine/core';
import { IconChevronDown, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SerialSettings, Source, SourceDetection } from '../../../core/api/contract.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { reasonText } from './detection-result.tsx';
import { serialWords } from './serial-words.ts';
import { draftOf } from './source-draft.ts';

/** May also be bytes that never were text. */
const NO_TEXT = 'line-no-text';

interface LineFaultProps {
  readonly source: Source;
  readonly detection: Pick<SourceDetection, 'lineFault' | 'settingsToTry'>;
}

/** Nothing while the bytes say nothing against the line. */
export function LineFault({ source, detection: { lineFault, settingsToTry } }: LineFaultProps) {
  const { t } = useTranslation('sources');
  const change = useWrite('changeSource', {
    refresh: ['listSources', 'detectSource', 'getSourceDrift', 'listRawLines'],
    onDone: ({ config }) => {
      if (config.kind === 'serial') showDone(t('lineFault.set', { settings: serialWords(config) }));
    },
  });
  const { config } = source;
  if (lineFault === null) return null;
  const use = (settings: SerialSettings): void => {
    if (config.kind !== 'serial') return;
    change.mutate({ params: { id: source.id }, body: { ...draftOf(source), config: { ...config, ...settings } } });
  };
  const [first, ...others] = settingsToTry;
  const isOfSerialLine = config.kind === 'serial' || lineFault.kind !== NO_TEXT;
  return (
    <Alert
      color="red"
      role="alert"
      icon={<IconPlugConnectedX size={18} />}
      title={t(isOfSerialLine ? 'lineFault.title' : 'lineFault.noText')}
    >
      <Text size="sm">{reasonText(lineFault)}</Text>
      {config.kind === 'serial' && <Text size="sm">{t('lineFault.present', { settings: serialWords(config) })}</Text>}
      {config.kind !== 'serial' && isOfSerialLine && <Text size="sm">{t('lineFault.notSerial')}</Text>}
      {first !== undefined && (
        <Group gap="xs" mt="xs">
          <Button size="compact-md" loading={change.isPending} onClick={() => use(first)}>
            {t('lineFault.use', { settings: serialWords(first) })}
          </Button>
          {others.length > 0 && (
            <Menu position="bottom-start" withinPortal>
              <Menu.Target>
                <Button
                  size="compact-md"
                  variant="default"
                  rightSection={<IconChevronDown size={14} />}
                  disabled={change.isPending}
                >
                  {t('lineFault.others')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {others.map((settings) => (
                  <Menu.Item key={serialWords(settings)} onClick={() => use(settings)}>
                    {serialWords(settings)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )}
        </Group>
      )}
    </Alert>
  );
}
