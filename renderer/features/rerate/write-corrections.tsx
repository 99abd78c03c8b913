/** What was found in closed months becomes corrections in the open month, where a person wants it. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rerate } from '../../../core/api/contract.ts';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { formatCount, formatMonthInText } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

export function WriteCorrections({ rerate }: { readonly rerate: Rerate }) {
  const { t } = useTranslation('rerate');
  const language = useLanguage();
  const [isOpen, setIsOpen] = useState(false);
  const write = useWrite('correctFromRerate', {
    refresh: ['getMonth', 'listCorrections', 'getCallHistory', 'getClosing'],
    showsErrors: true,
    onDone: ({ corrected, month }) => {
      const number = formatCount(corrected, language);
      showDone(t('corrections.done', { count: corrected, number, month: formatMonthInText(month, language) }));
      setIsOpen(false);
    },
  });
  if (rerate.state !== 'ready' && rerate.state !== 'applied') return null;
  return (
    <>
      <Button mt="xs" variant="default" size="compact-md" display="block" onClick={() => setIsOpen(true)}>
        {t('corrections.button')}
      </Button>
      {isOpen && (
        <ReasonDialog
          title={t('corrections.title')}
          text={t('corrections.text')}
          action={t('corrections.confirm')}
          isBusy={write.isPending}
          error={write.error}
          onConfirm={(body) => write.mutate({ params: { id: rerate.id }, body })}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}
