/** Statements of a month: who was sent one, who has answered, what is disputed. */
import { Alert, Anchor, Button, Group, Menu, Skeleton, Stack } from '@mantine/core';
import { IconBell, IconDots, IconDownload, IconKey, IconLink, IconPrinter, IconSend } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { NewPasswords, StatementMonth } from '../../../core/api/contract.ts';
import { urlOf } from '../../api.ts';
import { Confirm } from '../../components/confirm.tsx';
import { MonthInput } from '../../components/month-input.tsx';
import { Page } from '../../components/page.tsx';
import { formatMonthInText } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { useViewer } from '../../viewer.ts';
import { DisputesPanel } from './disputes-panel.tsx';
import { LinkSettings } from './link-settings.tsx';
import { MakePasswords, PasswordSlips } from './password-slips.tsx';
import { StatementFigures } from './statement-figures.tsx';
import { StatementTable } from './statement-table.tsx';

export function StatementsPage() {
  const { t } = useTranslation('statements');
  const [search, setSearch] = useSearchParams();
  const chosen = search.get('month');
  const read = useRead(
    'listStatements',
    { query: chosen === null ? {} : { month: chosen } },
    { placeholderData: keepPreviousData },
  );
  const data = read.data;
  const [slips, setSlips] = useState<NewPasswords>();
  if (slips !== undefined) return <PasswordSlips passwords={slips} onDone={() => setSlips(undefined)} />;
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          <MonthInput
            aria-label={t('month')}
            value={data?.month ?? chosen ?? ''}
            onChange={(month) => setSearch(month === '' ? {} : { month }, { replace: true })}
          />
          {data !== undefined && <MonthActions data={data} onPasswords={setSlips} />}
        </>
      }
    >
      {data === undefined ? <Skeleton height={360} /> : <StatementsBody data={data} />}
    </Page>
  );
}

function StatementsBody({ data }: { readonly data: StatementMonth }) {
  const { t } = useTranslation('statements');
  const viewer = useViewer();
  return (
    <Stack gap="md">
      {!data.canMail && (
        <Alert color="yellow">
          {t('noMail')}{' '}
          {viewer.may('administer') && (
            <Anchor component={Link} to="/schedules?tab=mail" underline="always" inherit>
              {t('setUpMail')}
            </Anchor>
          )}
        </Alert>
      )}
      {!data.isClosed && data.people.length > 0 && <Alert color="gray">{t('open')}</Alert>}
      {data.links === 'here' && <Alert color="yellow">{t('link.unreachable')}</Alert>}
      {data.links === 'none' && data.canMail && <Alert color="gray">{t('link.paper')}</Alert>}
      <StatementFigures people={data.people} />
      <DisputesPanel month={data.month} />
      <StatementTable data={data} />
    </Stack>
  );
}

interface MonthActionsProps {
  readonly data: StatementMonth;
  readonly onPasswords: (passwords: NewPasswords) => void;
}

function MonthActions({ data, onPasswords }: MonthActionsProps) {
  const { t } = useTranslation('statements');
  const language = useLanguage();
  const viewer = useViewer();
  const [shown, setShown] = useState<'send' | 'passwords' | 'links'>();
  const close = (): void => setShown(undefined);
  const { month, people } = data;
  const send = useWrite('sendStatements', {
    refresh: ['listStatements', 'listScheduleRuns'],
    onDone: () => {
      showDone(t('sent'));
      close();
    },
  });
  const remind = useWrite('remindStatements', {
    refresh: ['listStatements'],
    onDone: ({ reminded }) => showDone(reminded === 0 ? t('nobodyToRemind') : t('reminded', { count: reminded })),
  });
  const ready = people.filter(
    ({ email, hasPassword, answer, openDisputes }) =>
      email !== null && hasPassword && answer !== 'confirmed' && openDisputes === 0,
  );
  const iconSize = { size: 16, stroke: 1.6 };
  return (
    <>
      {viewer.may('send-reports') && (
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconBell {...iconSize} />}
            disabled={!data.canMail}
            loading={remind.isPending}
            onClick={() => remind.mutate({ body: { month, personIds: [] } })}
          >
            {t('remind')}
          </Button>
          <Button
            leftSection={<IconSend {...iconSize} />}
            disabled={!data.canMail || people.length === 0}
            onClick={() => setShown('send')}
          >
            {t('send')}
          </Button>
        </Group>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px="xs" aria-label={t('column.actions')}>
            <IconDots {...iconSize} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component="a"
            href={urlOf('exportStatements', { query: { month, language } })}
            leftSection={<IconDownload {...iconSize} />}
          >
            {t('export')}
          </Menu.Item>
          <Menu.Item
            component={Link}
            to={`/print/statements?month=${month}`}
            leftSection={<IconPrinter {...iconSize} />}
          >
            {t('printAll')}
          </Menu.Item>
          {viewer.may('change-people') && (
            <Menu.Item leftSection={<IconKey {...iconSize} />} onClick={() => setShown('passwords')}>
              {t('passwords')}
            </Menu.Item>
          )}
          {viewer.may('administer') && (
            <Menu.Item leftSection={<IconLink {...iconSize} />} onClick={() => setShown('links')}>
              {t('settings')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Confirm
        isOpen={shown === 'send'}
        title={t('sendTitle', { month: formatMonthInText(month, language) })}
        text={t('sendText', { ready: ready.length, left: people.length - ready.length })}
        action={t('send')}
        isBusy={send.isPending}
        color="ledger"
        onClose={close}
        onConfirm={() => send.mutate({ body: { month, personIds: [], language } })}
      />
      {shown === 'passwords' && <MakePasswords month={month} onMade={onPasswords} onClose={close} />}
      {shown === 'links' && <LinkSettings onClose={close} />}
    </>
  );
}
