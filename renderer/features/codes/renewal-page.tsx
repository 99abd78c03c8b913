/** New codes for many people: whom and from when, then every row before anything is written, then where to print. */
import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowLeft, IconCircleCheck, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { CodeRenewalPreview } from '../../../core/api/contract.ts';
import { Confirm } from '../../components/confirm.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FormFailure } from '../../components/form-failure.tsx';
import { Page } from '../../components/page.tsx';
import { formatCount, formatLocalDay } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useWrite } from '../../query-client.ts';
import { useToday } from '../../site.ts';
import { firstOfNextMonth } from '../../site-day.ts';
import { peopleInAddress } from './renewal-address.ts';
import { type RenewalDraft, RenewalForm } from './renewal-form.tsx';
import { RenewalRows } from './renewal-rows.tsx';

export function RenewalPage() {
  const { t } = useTranslation('codes');
  const [search] = useSearchParams();
  const today = useToday();
  const people = peopleInAddress(search);
  const [draft, setDraft] = useState<RenewalDraft>({
    who: people.length > 0 ? 'people' : 'all',
    departmentId: null,
    personIds: people,
    day: firstOfNextMonth(today),
    digits: 5,
    mayStartWithZero: false,
    isForCodeless: false,
  });
  const [doneDay, setDoneDay] = useState<string>();
  const preview = useWrite('previewCodeRenewal', { showsErrors: true });
  const apply = useWrite('applyCodeRenewal', {
    showsErrors: true,
    refresh: ['listPeople', 'getHygiene', 'listHygieneCodes', 'listCalls', 'getMonth'],
    onDone: ({ day }) => setDoneDay(day),
  });
  const restart = (): void => {
    preview.reset();
    apply.reset();
    setDoneDay(undefined);
  };

  return (
    <Page
      title={t('renewal.title')}
      lead={t('renewal.lead')}
      actions={
        <Button variant="default" component={Link} to="/codes" leftSection={<IconArrowLeft size={16} stroke={1.6} />}>
          {t('renewal.back')}
        </Button>
      }
    >
      {doneDay !== undefined ? (
        <Done day={doneDay} onAgain={restart} />
      ) : preview.data === undefined ? (
        <RenewalForm
          draft={draft}
          today={today}
          error={preview.error}
          isBusy={preview.isPending}
          onChange={setDraft}
          onPreview={(body) => preview.mutate({ body })}
        />
      ) : (
        <Preview
          preview={preview.data}
          day={draft.day}
          error={apply.error}
          isBusy={apply.isPending}
          onBack={restart}
          onApply={(renewalId) => apply.mutate({ params: { renewalId } })}
        />
      )}
    </Page>
  );
}

interface PreviewProps {
  readonly preview: CodeRenewalPreview;
  readonly day: string;
  readonly error: Error | null;
  readonly isBusy: boolean;
  readonly onBack: () => void;
  readonly onApply: (renewalId: string) => void;
}

function Preview({ preview, day, error, isBusy, onBack, onApply }: PreviewProps) {
  const { t } = useTranslation(['codes', 'app']);
  const language = useLanguage();
  const [isAsking, setIsAsking] = useState(false);
  const count = preview.rows.length;
  const dayText = formatLocalDay(day);
  return (
    <Stack gap="sm">
      <Paper p="md" component="section" aria-label={t('renewal.title')}>
        <Group justify="space-between">
          <div>
            <Text fw={600}>
              {count === 0
                ? t('renewal.nobody')
                : t('renewal.previewTitle', { count, shown: formatCount(count, language), day: dayText })}
            </Text>
            <Text size="sm" c="dimmed">
              {t('renewal.previewText')}
            </Text>
          </div>
          <Group gap="xs">
            <Button variant="default" onClick={onBack}>
              {t('app:action.back')}
            </Button>
            <Button disabled={count === 0} loading={isBusy} onClick={() => setIsAsking(true)}>
              {t('renewal.apply')}
            </Button>
          </Group>
        </Group>
      </Paper>
      <FormFailure error={error} />
      {preview.callsSince > 0 && (
        <Alert color="orange" icon={<IconAlertTriangle size={18} />}>
          {t('renewal.callsSince', { count: preview.callsSince })}
        </Alert>
      )}
      <RenewalRows preview={preview} />
      <Confirm
        isOpen={isAsking}
        title={t('renewal.askTitle', { day: dayText })}
        text={t('renewal.askText', { count, day: dayText })}
        action={t('renewal.apply')}
        onClose={() => setIsAsking(false)}
        onConfirm={() => {
          setIsAsking(false);
          onApply(preview.renewalId);
        }}
      />
    </Stack>
  );
}

function Done({ day, onAgain }: { readonly day: string; readonly onAgain: () => void }) {
  const { t } = useTranslation('codes');
  return (
    <EmptyState
      icon={IconCircleCheck}
      title={t('renewal.doneTitle', { day: formatLocalDay(day) })}
      text={t('renewal.doneText')}
    >
      <Group justify="center">
        <Button component={Link} to={`/codes/slips?day=${day}`} leftSection={<IconPrinter size={16} stroke={1.6} />}>
          {t('renewal.print')}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {t('renewal.again')}
        </Button>
      </Group>
    </EmptyState>
  );
}
