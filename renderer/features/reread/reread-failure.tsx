import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Reread } from '../../../core/api/contract.ts';

export function RereadFailure({ reread }: { readonly reread: Reread }) {
  const { t } = useTranslation('reread');
  return (
    <Alert
      color="red"
      role="alert"
      icon={<IconAlertTriangle size={18} />}
      title={t('failed.title', { title: reread.reading?.formatTitle ?? '' })}
    >
      {reread.problem?.title}
      {reread.problem?.fields?.map((field) => (
        <div key={field.path}>{field.message}</div>
      ))}
    </Alert>
  );
}
