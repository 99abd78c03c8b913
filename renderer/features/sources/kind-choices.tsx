import { Text, ThemeIcon, UnstyledButton } from '@mantine/core';
import {
  IconArrowsLeftRight,
  IconAsterisk,
  IconBroadcast,
  IconCloudDownload,
  IconDatabase,
  IconFileImport,
  IconFileText,
  IconFolder,
  IconInbox,
  IconKey,
  IconPlug,
  IconServer2,
  IconTransferIn,
  IconWorldUpload,
} from '@tabler/icons-react';
import { Fragment } from 'react';
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
  'nec-link': IconArrowsLeftRight,
  'mitel-5000-link': IconKey,
  'http-push': IconWorldUpload,
  'udp-listener': IconBroadcast,
  folder: IconFolder,
  'sftp-pull': IconCloudDownload,
  'sftp-drop': IconInbox,
  database: IconDatabase,
} as const satisfies Record<SourceKind, unknown>;

const GROUPS = ['network', 'cable', 'files', 'asterisk'] as const;

interface KindChoicesProps {
  readonly chosen: SourceKind | undefined;
  readonly onChoose: (kind: SourceKind) => void;
}

export function KindChoices({ chosen, onChoose }: KindChoicesProps) {
  const { t } = useTranslation('sources');
  return (
    <fieldset className="tb-choices tb-fieldset" aria-label={t('kindLabel')}>
      {GROUPS.map((group) => (
        <Fragment key={group}>
          <Text size="sm" c="dimmed" fw={600} className="tb-choices-group">
            {t(`kindGroup.${group}`)}
          </Text>
          {SOURCE_KINDS[group].map((kind) => (
            <KindChoice key={kind} kind={kind} isChosen={kind === chosen} onChoose={() => onChoose(kind)} />
          ))}
        </Fragment>
      ))}
    </fieldset>
  );
}

interface KindChoiceProps {
  readonly kind: SourceKind;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function KindChoice({ kind, isChosen, onChoose }: KindChoiceProps) {
  const { t } = useTranslation('sources');
  const IconOf = ICON[kind];
  return (
    <UnstyledButton
      className="tb-choice"
      data-chosen={isChosen || undefined}
      aria-pressed={isChosen}
      onClick={onChoose}
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
}
