/** Keeps a report with its filter under a name, for oneself or for others, too. */
import { Button, Group, Modal, MultiSelect, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBookmark } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ROLES, type Role } from '../../../core/model/access.ts';
import type { ReportId } from '../../../core/model/report-request.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

interface SaveReportProps {
  readonly reportId: ReportId;
  /** The filter as it stands in the address. */
  readonly search: string;
}

export function SaveReport({ reportId, search }: SaveReportProps) {
  const { t } = useTranslation(['reports', 'access']);
  const [isOpen, { open, close }] = useDisclosure(false);
  const [name, setName] = useState('');
  const [sharedWith, setSharedWith] = useState<Role[]>([]);
  const save = useWrite('saveReport', {
    refresh: ['listSavedReports'],
    showsErrors: true,
    onDone: () => {
      close();
      showDone(t('page.savedDone'));
    },
  });
  return (
    <>
      <Button variant="default" leftSection={<IconBookmark size={16} stroke={1.6} />} onClick={open}>
        {t('page.save')}
      </Button>
      <Modal opened={isOpen} onClose={close} title={t('page.saveTitle')}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate({ body: { reportId, name, search, sharedWith } });
          }}
        >
          <Stack gap="sm">
            <TextInput
              label={t('page.saveName')}
              data-autofocus
              required
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <MultiSelect
              label={t('page.shareWith')}
              description={t('page.shareHint')}
              placeholder={sharedWith.length === 0 ? t('page.nobodyElse') : ''}
              clearable
              data={ROLES.map((role) => ({ value: role, label: t(`access:role.${role}`) }))}
              value={sharedWith}
              onChange={(values) => setSharedWith(ROLES.filter((role) => values.includes(role)))}
            />
            <Button variant="subtle" size="compact-sm" onClick={() => setSharedWith([...ROLES])}>
              {t('page.everyone')}
            </Button>
            <FormFailure error={save.error} unshown={['search', 'name']} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t('page.cancel')}
              </Button>
              <Button type="submit" disabled={name.trim() === ''} loading={save.isPending}>
                {t('page.save')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
