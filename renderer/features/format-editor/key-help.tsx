/** The keys of the line list, always in sight. */
import { Group, Kbd, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const KEYS = [
  ['←→↑↓', 'move'],
  ['Shift ←→', 'mark'],
  ['Enter', 'meaning'],
  ['Delete', 'remove'],
  ['N', 'noCall'],
  ['Ctrl Z', 'undo'],
  ['Esc', 'back'],
] as const;

export function KeyHelp() {
  const { t } = useTranslation('formats');
  return (
    <Group gap="4px 9px" role="note" aria-label={t('editor.keys')}>
      {KEYS.map(([keys, action]) => (
        <Text key={action} size="xs" c="dimmed" component="span">
          <Kbd size="xs">{keys}</Kbd> {t(`keys.${action}`)}
        </Text>
      ))}
    </Group>
  );
}
