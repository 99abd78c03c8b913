/** The template as a file: away to be restyled, back to be looked at, then in use. */
import { Button, FileButton, Group, Input, Modal, Stack, Text } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkbookLook, WorkbookTemplate } from '../../../core/api/contract.ts';
import { ApiFailure, urlOf } from '../../api.ts';
import { Confirm } from '../../components/confirm.tsx';
import { useLanguage } from '../../language.ts';
import { keyOf, queryClient, useWrite } from '../../query-client.ts';
import { failureText, showDone } from '../../toasts.ts';
import { WorkbookPreview } from './workbook-preview.tsx';

export function WorkbookUpload({ template }: { readonly template: WorkbookTemplate }) {
  const { t } = useTranslation(['workbook', 'app']);
  const language = useLanguage();
  const [file, setFile] = useState<File>();
  const [look, setLook] = useState<WorkbookLook>();
  const [isResetting, setIsResetting] = useState(false);
  const forget = useRef<() => void>(null);
  const onDone = (saved: WorkbookTemplate): void => {
    queryClient.setQueryData(keyOf('getWorkbookTemplate'), saved);
    setLook(undefined);
    setIsResetting(false);
    showDone(t('app:saved'));
  };
  const check = useWrite('checkWorkbookTemplate', { showsErrors: true, onDone: setLook });
  const use = useWrite('putWorkbookTemplate', { showsErrors: true, onDone });
  const reset = useWrite('resetWorkbookTemplate', { onDone });
  const error = check.error ?? use.error;
  return (
    <Input.Wrapper
      label={t('template')}
      labelElement="div"
      description={t('templateHelp')}
      error={error === null ? undefined : messageOf(error)}
    >
      <Group gap="sm" mt={6}>
        <Button
          component="a"
          href={urlOf('downloadWorkbookTemplate', { query: { language } })}
          download
          variant="default"
          leftSection={<IconDownload size={16} stroke={1.6} />}
        >
          {t('download')}
        </Button>
        <FileButton
          resetRef={forget}
          accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          onChange={(chosen) => {
            if (chosen === null) return;
            setFile(chosen);
            // The same file may come again after it was changed.
            forget.current?.();
            check.mutate({ body: chosen });
          }}
        >
          {(props) => (
            <Button
              {...props}
              variant="default"
              loading={check.isPending}
              leftSection={<IconUpload size={16} stroke={1.6} />}
            >
              {t('upload')}
            </Button>
          )}
        </FileButton>
        {!template.isBuiltIn && (
          <Button variant="subtle" color="gray" onClick={() => setIsResetting(true)}>
            {t('reset')}
          </Button>
        )}
      </Group>
      <Modal
        opened={look !== undefined}
        onClose={() => setLook(undefined)}
        size="lg"
        title={<Text fw={650}>{t('preview')}</Text>}
      >
        {look !== undefined && (
          <Stack>
            <Text size="sm">{t('uploaded', { file: file?.name ?? '' })}</Text>
            <WorkbookPreview look={look} />
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setLook(undefined)}>
                {t('app:action.cancel')}
              </Button>
              <Button loading={use.isPending} onClick={() => file !== undefined && use.mutate({ body: file })}>
                {t('use')}
              </Button>
            </Group>
          </Stack>
        )}
      </Modal>
      <Confirm
        isOpen={isResetting}
        title={t('reset')}
        text={t('resetAsk')}
        action={t('reset')}
        isBusy={reset.isPending}
        onClose={() => setIsResetting(false)}
        onConfirm={() => reset.mutate({})}
      />
    </Input.Wrapper>
  );
}

/** What is wrong with the file rather than that something is. */
function messageOf(error: Error): string {
  const [field] = error instanceof ApiFailure ? (error.problem?.fields ?? []) : [];
  return field?.message ?? failureText(error);
}
