/** Who closed and reopened the month, and the proof that it is what it was. */
import { Badge, Button, Code, Group, Paper, Text, Title } from '@mantine/core';
import { IconLockOpen, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api.ts';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { formatCount, formatInstant, formatMonthInText } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone, showFailure } from '../../toasts.ts';

const SHOWN_DIGITS = 16;

export function ClosingLog({ month }: { readonly month: string }) {
  const { t } = useTranslation('month');
  const language = useLanguage();
  const closing = useRead('getClosing', { query: { month } });
  if (closing.data === undefined || closing.data.log.length === 0) return null;
  const { log, isClosed, correctionsElsewhere } = closing.data;
  return (
    <Paper mt="md" component="section" aria-label={t('log.title')} maw={900}>
      <div className="tb-toolbar">
        <div>
          <Title order={2}>{t('log.title')}</Title>
          <Text size="sm" c="dimmed">
            {t(isClosed ? 'log.closedText' : 'log.openText')}
          </Text>
        </div>
        {isClosed && (
          <Group ml="auto" gap="xs" wrap="nowrap">
            <CheckButton month={month} />
            <ReopenButton month={month} corrections={correctionsElsewhere} />
          </Group>
        )}
      </div>
      <table className="tb-table">
        <thead>
          <tr>
            <th>{t('log.when')}</th>
            <th>{t('log.act')}</th>
            <th>{t('log.by')}</th>
            <th>{t('log.reason')}</th>
            <th data-end>{t('log.calls')}</th>
            <th>{t('log.fingerprint')}</th>
          </tr>
        </thead>
        <tbody>
          {log.map((entry) => (
            <tr key={entry.id}>
              <td className="tb-num">{formatInstant(entry.atMs, language)}</td>
              <td>
                <Badge size="sm" color={entry.act === 'closed' ? 'gray' : 'orange'}>
                  {t(`log.${entry.act}`)}
                </Badge>
              </td>
              <td>{entry.by}</td>
              <td className="tb-wrap">{entry.reason}</td>
              <td data-end>{entry.act === 'closed' ? formatCount(entry.calls, language) : ''}</td>
              <td>
                {entry.fingerprint !== null && (
                  <Code title={entry.fingerprint}>{entry.fingerprint.slice(0, SHOWN_DIGITS)}</Code>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}

function CheckButton({ month }: { readonly month: string }) {
  const { t } = useTranslation('month');
  const [isBusy, setIsBusy] = useState(false);
  const check = async (): Promise<void> => {
    setIsBusy(true);
    try {
      const { isSame } = await call('checkMonth', { query: { month } });
      if (isSame) showDone(t('log.same'));
      else showFailure(new Error(t('log.differs')));
    } catch (error) {
      showFailure(error);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Button
      variant="default"
      size="compact-md"
      loading={isBusy}
      leftSection={<IconShieldCheck size={15} stroke={1.6} />}
      onClick={() => void check()}
    >
      {t('log.check')}
    </Button>
  );
}

function ReopenButton({ month, corrections }: { readonly month: string; readonly corrections: number }) {
  const { t } = useTranslation('month');
  const language = useLanguage();
  const [isOpen, setIsOpen] = useState(false);
  const name = formatMonthInText(month, language);
  const reopen = useWrite('reopenMonth', {
    refresh: ['getMonth', 'getClosing', 'listCorrections', 'getCall', 'getCallHistory'],
    showsErrors: true,
    onDone: () => {
      showDone(t('reopen.done', { month: name }));
      setIsOpen(false);
    },
  });
  return (
    <>
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconLockOpen size={15} stroke={1.6} />}
        onClick={() => setIsOpen(true)}
      >
        {t('reopen.button')}
      </Button>
      {isOpen && (
        <ReasonDialog
          title={t('reopen.title', { month: name })}
          text={corrections === 0 ? t('reopen.text') : t('reopen.textCorrections', { count: corrections })}
          action={t('reopen.confirm')}
          isBusy={reopen.isPending}
          error={reopen.error}
          onConfirm={(reasoned) => reopen.mutate({ body: { month, ...reasoned } })}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}
