import { Text, ThemeIcon, UnstyledButton } from '@mantine/core';
import { IconAsterisk, IconFileImport, IconFileText, IconPlug, IconServer2, IconTransferIn } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SourceKind } from '../../../core/api/contract.ts';
import { SOURCE_KINDS } from './source-draft.ts';

const ICON = {
  'tcp-client': IconServer2,
  'tcp-listener': IconTransferIn,
  serial: IconPlug,
  'followed-file': IconFileText,
  'file-import': IconFileImport,
  ami: IconAsterisk,
} as const;

interface KindChoicesProps {
  readonly chosen: SourceKind | undefined;
  readonly onChoose: (kind: SourceKind) => void;
}

export function KindChoices({ chosen, onChoose }: KindChoicesProps) {
  const { t } = useTranslation('sources');
  return (
    <fieldset className="tb-choices tb-fieldset" aria-label={t('kindLabel')}>
      {SOURCE_KINDS.map((kind) => {
        const IconOf = ICON[kind];
        return (
          <UnstyledButton
            key={kind}
            className="tb-choice"
            data-chosen={kind === chosen || undefined}
            aria-pressed={kind === chosen}
            onClick={() => onChoose(kind)}
          >
            <ThemeIcon variant="light" size={36} radius="md">
              <IconOf size={20} stroke={1.6} />
            </ThemeIcon>
            <div>
              <Text fw={600}>{t(`kind.${kind}.title`)}</Text>
              <Text size="sm" c="dimmed">
                {t(`kind.${kind}.text`)}
              </Text>
            </div>
          </UnstyledButton>
        );
      })}
    </fieldset>
  );
}
