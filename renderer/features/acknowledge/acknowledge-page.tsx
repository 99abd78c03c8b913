/**
 * What the link of a statement leads to, for people who need no user here. The token stands behind the `#`, is taken out of
 * the address at once, and is sent to nobody but the service.
 */
import { Center, Loader, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconCircleCheck, IconLinkOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkedStatement } from '../../../core/api/contract.ts';
import { call } from '../../api.ts';
import { LanguageSwitch } from '../../components/language-switch.tsx';
import { formatInstant } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { failureText } from '../../toasts.ts';
import { AnswerForm } from './answer-form.tsx';

/** Read once, before the address is cleaned. */
const TOKEN = window.location.hash.slice(1);

export function AcknowledgePage() {
  const { t } = useTranslation('statements');
  const language = useLanguage();
  const [answered, setAnswered] = useState<LinkedStatement>();
  // Asked again in the other language: names of destinations are the service's.
  const opened = useQuery({
    queryKey: ['openStatementLink', language],
    queryFn: () => call('openStatementLink', { body: { token: TOKEN } }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  useDocumentTitle(`${t('public.title')} · Tollbook`);
  useEffect(() => window.history.replaceState(null, '', window.location.pathname), []);
  const linked = answered ?? opened.data;
  return (
    <main className="tb-acknowledge">
      <Stack gap="md">
        <div style={{ marginLeft: 'auto' }}>
          <LanguageSwitch />
        </div>
        {opened.error !== null && <Text role="alert">{failureText(opened.error)}</Text>}
        {linked === undefined && opened.error === null && (
          <Center mih={240}>
            <Loader />
          </Center>
        )}
        {linked !== undefined &&
          (linked.statement === null ? (
            <Said linked={linked} />
          ) : (
            <AnswerForm token={TOKEN} company={linked.company} statement={linked.statement} onAnswered={setAnswered} />
          ))}
      </Stack>
    </main>
  );
}

/** Where there is nothing to answer. */
function Said({ linked: { state, answer, answeredAtMs, company } }: { readonly linked: LinkedStatement }) {
  const { t } = useTranslation('statements');
  const language = useLanguage();
  const isAnswered = answer !== null;
  const isOld = state === 'expired';
  const title = isAnswered ? t(`public.${answer}`) : t(isOld ? 'public.expired' : 'public.unknown');
  const text = isAnswered
    ? t('public.answeredText', { at: answeredAtMs === null ? '' : formatInstant(answeredAtMs, language) })
    : t(isOld ? 'public.expiredText' : 'public.unknownText');
  const Icon = isAnswered ? IconCircleCheck : IconLinkOff;
  return (
    <Stack align="center" gap="sm" py={48}>
      <ThemeIcon size={52} radius="xl" variant="light" color={isAnswered ? 'ledger' : 'gray'} aria-hidden>
        <Icon size={28} stroke={1.5} />
      </ThemeIcon>
      <Text c="dimmed">{company}</Text>
      <Title order={1} ta="center">
        {title}
      </Title>
      <Text ta="center" role="status">
        {text}
      </Text>
    </Stack>
  );
}
