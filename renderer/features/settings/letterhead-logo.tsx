import { Button, FileButton, Group, Input } from '@mantine/core';
import { IconPhoto, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Letterhead } from '../../../core/api/contract.ts';
import { ApiFailure, urlOf } from '../../api.ts';
import { keyOf, queryClient, useWrite } from '../../query-client.ts';
import { failureText, showDone } from '../../toasts.ts';

export function LetterheadLogo({ letterhead }: { readonly letterhead: Letterhead }) {
  const { t } = useTranslation(['print', 'app']);
  const onDone = (saved: Letterhead): void => {
    queryClient.setQueryData(keyOf('getLetterhead'), saved);
    showDone(t('app:saved'));
  };
  const put = useWrite('putLogo', { showsErrors: true, onDone });
  const remove = useWrite('removeLogo', { onDone });
  const { logo, version } = letterhead;
  return (
    <Input.Wrapper
      label={t('letterhead.logo')}
      labelElement="div"
      description={t('letterhead.logoHelp')}
      error={put.error === null ? undefined : messageOf(put.error)}
    >
      <Group gap="sm" mt={6}>
        {logo !== null && (
          <img
            className="tb-letterhead-logo"
            src={urlOf('getLogo', { query: { version } })}
            alt={t('letterhead.logoAlt')}
          />
        )}
        <FileButton accept="image/png,image/jpeg" onChange={(file) => file !== null && put.mutate({ body: file })}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              loading={put.isPending}
              leftSection={<IconPhoto size={16} stroke={1.6} />}
            >
              {t('letterhead.choose')}
            </Button>
          )}
        </FileButton>
        {logo !== null && (
          <Button
            variant="subtle"
            color="gray"
            loading={remove.isPending}
            leftSection={<IconTrash size={16} stroke={1.6} />}
            onClick={() => remove.mutate({})}
          >
            {t('letterhead.remove')}
          </Button>
        )}
      </Group>
    </Input.Wrapper>
  );
}

/** What is wrong with the picture rather than that something is. */
function messageOf(error: Error): string {
  const [field] = error instanceof ApiFailure ? (error.problem?.fields ?? []) : [];
  return field?.message ?? failureText(error);
}
