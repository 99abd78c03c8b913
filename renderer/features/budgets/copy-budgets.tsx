/** Lets the budgets that end with a month hold in the next one too. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { monthAfter } from '../../../core/model/time.ts';
import { rememberedWho, rememberWho, WhoInput } from '../../components/who-input.tsx';
import { formatMonth } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

export function CopyBudgets({ month, onClose }: { readonly month: string; readonly onClose: () => void }) {
  const { t } = useTranslation(['budgets', 'app']);
  const language = useLanguage();
  const [by, setBy] = useState(rememberedWho);
  const next = monthAfter(month);
  const copy = useWrite('copyBudgets', {
    refresh: ['listBudgets'],
    onDone: ({ copied }) => {
      rememberWho(by);
      const name = formatMonth(next, language);
      showDone(copied === 0 ? t('nothingToCopy', { month: name }) : t('copied', { count: copied, month: name }));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('copy')}</Text>}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          copy.mutate({ body: { fromMonth: month, toMonth: next, by } });
        }}
      >
        <Stack>
          <Text size="sm">{t('copyHelp')}</Text>
          <WhoInput value={by} onChange={setBy} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app:action.cancel')}
            </Button>
            <Button type="submit" loading={copy.isPending}>
              {t('copy')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
