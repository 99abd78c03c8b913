/** New passwords for statements: made once, printed at once, and never to be seen again. */
import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewPasswords } from '../../../core/api/contract.ts';
import { Page } from '../../components/page.tsx';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

interface MakePasswordsProps {
  readonly month: string;
  readonly onMade: (passwords: NewPasswords) => void;
  readonly onClose: () => void;
}

export function MakePasswords({ month, onMade, onClose }: MakePasswordsProps) {
  const { t } = useTranslation(['statements', 'app']);
  const [isForAll, setIsForAll] = useState(false);
  const make = useWrite('makeStatementPasswords', {
    refresh: ['listStatements'],
    onDone: (passwords) => {
      if (passwords.length > 0) onMade(passwords);
      else {
        showDone(t('slips.made'));
        onClose();
      }
    },
  });
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('passwords')}</Text>}>
      <Stack gap="sm">
        <Radio.Group
          label={t('slips.ask')}
          value={isForAll ? 'all' : 'missing'}
          onChange={(value) => setIsForAll(value === 'all')}
        >
          <Stack gap={6} mt={6}>
            <Radio value="missing" label={t('slips.missing')} />
            <Radio value="all" label={t('slips.all')} />
          </Stack>
        </Radio.Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app:action.cancel')}
          </Button>
          <Button loading={make.isPending} onClick={() => make.mutate({ body: { month, personIds: [], isForAll } })}>
            {t('slips.make')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface PasswordSlipsProps {
  readonly passwords: NewPasswords;
  readonly onDone: () => void;
}

export function PasswordSlips({ passwords, onDone }: PasswordSlipsProps) {
  const { t } = useTranslation('statements');
  const settings = useRead('getSettings');
  return (
    <Page
      title={t('slips.title')}
      lead={t('slips.text')}
      actions={
        <>
          <Button variant="default" onClick={onDone}>
            {t('slips.done')}
          </Button>
          <Button leftSection={<IconPrinter size={16} stroke={1.6} />} onClick={() => window.print()}>
            {t('slips.print')}
          </Button>
        </>
      }
    >
      <div className="tb-password-slips">
        {passwords.map(({ personId, name, employeeNumber, departmentName, password }) => (
          <section key={personId} className="tb-password-slip">
            <div>{settings.data?.companyName}</div>
            <strong>{name}</strong>
            <div>{[employeeNumber, departmentName].filter((part) => part !== null).join(', ')}</div>
            <p>{t('slips.slip')}</p>
            <p className="tb-password">{password}</p>
            <small>{t('slips.keep')}</small>
          </section>
        ))}
      </div>
    </Page>
  );
}
