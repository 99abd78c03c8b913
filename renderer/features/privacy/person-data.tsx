/** All that is stored about a person, as files; and the person's name and numbers taken out. */
import { Button, Group, List, Text } from '@mantine/core';
import { IconDownload, IconEraser } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { urlOf } from '../../api.ts';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { useViewer } from '../../viewer.ts';

interface PersonDataProps {
  readonly personId: number;
  readonly onErased: () => void;
}

export function PersonData({ personId, onErased }: PersonDataProps) {
  const { t } = useTranslation('privacy');
  const viewer = useViewer();
  const [isAsking, setIsAsking] = useState(false);
  if (!viewer.may('administer')) return null;
  return (
    <section aria-label={t('person.title')}>
      <Text fw={600} mb={6}>
        {t('person.title')}
      </Text>
      <Group>
        <Button
          component="a"
          download
          href={urlOf('exportPersonData', { params: { id: personId } })}
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={16} stroke={1.6} />}
        >
          {t('person.export')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconEraser size={16} stroke={1.6} />}
          onClick={() => setIsAsking(true)}
        >
          {t('person.erase')}
        </Button>
      </Group>
      {isAsking && <EraseDialog personId={personId} onClose={() => setIsAsking(false)} onErased={onErased} />}
    </section>
  );
}

function EraseDialog({ personId, onErased, onClose }: PersonDataProps & { readonly onClose: () => void }) {
  const { t } = useTranslation('privacy');
  const language = useLanguage();
  const plan = useRead('previewErasure', { params: { id: personId } }, { staleTime: 0 }).data;
  const erase = useWrite('erasePerson', {
    refresh: ['listPeople', 'listCalls', 'getMonth'],
    showsErrors: true,
    onDone: ({ pseudonym }) => {
      showDone(t('person.erased', { name: pseudonym }));
      onErased();
    },
  });
  return (
    <ReasonDialog
      title={t('person.erase')}
      text={t('person.eraseText', { name: plan?.personName ?? '', pseudonym: plan?.pseudonym ?? '' })}
      action={t('person.erase')}
      isBusy={erase.isPending}
      isIncomplete={plan === undefined}
      error={erase.error}
      onConfirm={(body) => erase.mutate({ params: { id: personId }, body })}
      onClose={onClose}
    >
      {plan !== undefined && (
        <List size="sm">
          <List.Item>{t('person.calls', { count: plan.calls, shown: formatCount(plan.calls, language) })}</List.Item>
          <List.Item>{t('person.codes', { count: plan.codes })}</List.Item>
          <List.Item>{t('person.users', { count: plan.users })}</List.Item>
          <List.Item>{t('person.stays', { count: plan.closedMonths.length })}</List.Item>
        </List>
      )}
    </ReasonDialog>
  );
}
