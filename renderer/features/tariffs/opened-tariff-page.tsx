/** A tariff file that was opened with the program: a draft of a new tariff, or of one that is there. */
import { Alert, Button, Card, Group, Radio, Select, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { OpenedTariff } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { Page } from '../../components/page.tsx';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { addressOf } from './tariff-words.ts';

export function OpenedTariffPage() {
  const { t } = useTranslation('tariffs');
  const { id = '' } = useParams();
  const opened = useRead('getOpenedTariff', { params: { id } }, { staleTime: Number.POSITIVE_INFINITY });
  const { data } = opened;
  return (
    <Page
      title={t('opened.title')}
      lead={data?.fileName ?? ''}
      actions={
        <Button component={Link} to="/tariffs" variant="default">
          {t('opened.toTariffs')}
        </Button>
      }
    >
      <FormFailure error={opened.error} />
      {opened.isPending && <Skeleton h={160} />}
      {data !== undefined && data.problems.length > 0 && (
        <Alert color="red" title={t('opened.failed')}>
          {data.problems.map(({ path, message }) => (
            <div key={`${path}:${message}`}>
              {path === '' ? '' : `${path}: `}
              {message}
            </div>
          ))}
        </Alert>
      )}
      {data !== undefined && <TakeTariff key={id} id={id} opened={data} />}
    </Page>
  );
}

/** The file's name without its ending. */
const nameOf = (fileName: string): string => fileName.replace(/\.[^.]*$/, '');

function TakeTariff({ id, opened }: { readonly id: string; readonly opened: OpenedTariff }) {
  const { t } = useTranslation('tariffs');
  const language = useLanguage();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const tariffs = useRead('listTariffs').data ?? [];
  const [into, setInto] = useState<string | null>(search.get('into'));
  const [isNew, setIsNew] = useState(into === null);
  const [name, setName] = useState(nameOf(opened.fileName));
  const take = useWrite('takeOpenedTariff', {
    refresh: ['listTariffs'],
    showsErrors: true,
    onDone: (version) => void navigate(addressOf(version)),
  });
  if (opened.holds === null) return null;
  const { currency, rateCount } = opened.holds;
  return (
    <Card withBorder padding="lg" maw={760}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          take.mutate({ params: { id }, body: { tariffId: isNew ? null : Number(into), name } });
        }}
      >
        <Stack>
          <Text>{t('opened.holds', { count: rateCount, number: formatCount(rateCount, language), currency })}</Text>
          <Radio.Group
            label={t('opened.as')}
            value={isNew ? 'new' : 'version'}
            onChange={(value) => setIsNew(value === 'new')}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="new" label={t('opened.asNew')} />
              <Radio value="version" label={t('opened.asVersion')} disabled={tariffs.length === 0} />
            </Stack>
          </Radio.Group>
          {isNew ? (
            <TextInput
              label={t('new.name')}
              description={t('new.nameHelp')}
              required
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          ) : (
            <Select
              label={t('opened.tariff')}
              required
              allowDeselect={false}
              data={tariffs.map((tariff) => ({ value: String(tariff.id), label: tariff.name }))}
              value={into}
              onChange={setInto}
            />
          )}
          <Text size="sm" c="dimmed">
            {t('opened.draftHelp')}
          </Text>
          <FormFailure error={take.error} unshown={['']} />
          <Group justify="flex-end">
            <Button type="submit" loading={take.isPending}>
              {t('opened.take')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
