/** Shows the numbers of one call to who says why. */
import { Alert, Button, Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallDetail } from '../../../core/api/contract.ts';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { useWrite } from '../../query-client.ts';
import { useViewer } from '../../viewer.ts';

const isMasked = ({ dialled, number, caller }: CallDetail): boolean =>
  [dialled, number, caller].some((text) => text?.includes('•') === true);

export function UnmaskCall({ call }: { readonly call: CallDetail }) {
  const { t } = useTranslation('privacy');
  const viewer = useViewer();
  const [isAsking, setIsAsking] = useState(false);
  const unmask = useWrite('unmaskCall', { showsErrors: true, onDone: () => setIsAsking(false) });
  if (viewer.seesNumbers || !viewer.may('unmask-numbers') || !isMasked(call)) return null;
  const shown = unmask.data;
  return (
    <>
      {shown === undefined ? (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconEye size={16} stroke={1.6} />}
          onClick={() => setIsAsking(true)}
        >
          {t('unmask.call')}
        </Button>
      ) : (
        <Alert role="status" title={t('unmask.shown')}>
          <Text className="tb-num">{shown.dialled ?? shown.caller ?? shown.number}</Text>
        </Alert>
      )}
      {isAsking && (
        <ReasonDialog
          title={t('unmask.call')}
          text={t('unmask.text')}
          action={t('unmask.show')}
          isBusy={unmask.isPending}
          error={unmask.error}
          onConfirm={(body) => unmask.mutate({ params: { id: call.id }, body })}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}
