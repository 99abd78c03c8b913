import { Button, Group, Input, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Letterhead } from '../../../core/api/contract.ts';
import { call } from '../../api.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { PaperPageView } from '../../components/paper-page.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { useLanguage } from '../../language.ts';
import { keyOf, queryClient, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { draftOf, type LetterheadDraft, textsOf } from './letterhead-draft.ts';
import { LetterheadLogo } from './letterhead-logo.tsx';

/** Typing rests this long before the example is laid out again. */
const REST_MS = 350;
const LANGUAGES = ['vi', 'en'] as const;
const SHOWN_AS = { vi: 'Tiếng Việt', en: 'English' } as const;

export function LetterheadForm({ letterhead }: { readonly letterhead: Letterhead }) {
  const { t } = useTranslation(['print', 'settings', 'app']);
  const [changes, setChanges] = useState<Partial<LetterheadDraft>>({});
  const draft = { ...draftOf(letterhead), ...changes };
  const texts = textsOf(draft);
  const save = useWrite('putLetterhead', {
    showsErrors: true,
    onDone: (saved) => {
      queryClient.setQueryData(keyOf('getLetterhead'), saved);
      setChanges({});
      showDone(t('app:saved'));
    },
  });
  const errors = useFieldErrors(save.error, texts);
  const field = (name: keyof LetterheadDraft) => ({
    value: draft[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setChanges({ ...changes, [name]: event.currentTarget.value }),
  });
  /** Also of a single entry of the list. */
  const listError = (path: string, count: number): string | undefined =>
    errors.at(path) ??
    Array.from({ length: count }, (_, i) => errors.at(`${path}.${i}`)).find((text) => text !== undefined);

  return (
    <div className="tb-letterhead">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ body: texts });
        }}
      >
        <Stack gap="sm">
          <LetterheadLogo letterhead={letterhead} />
          <Textarea
            {...field('lines')}
            label={t('letterhead.lines')}
            description={t('letterhead.linesHelp')}
            autosize
            minRows={2}
            maxRows={5}
            error={listError('lines', texts.lines.length)}
          />
          <TextInput {...field('footer')} label={t('letterhead.footer')} error={errors.at('footer')} />
          <TextInput
            {...field('place')}
            label={t('letterhead.place')}
            description={t('letterhead.placeHelp')}
            error={errors.at('place')}
          />
          {LANGUAGES.map((language) => (
            <Textarea
              key={language}
              {...field(language === 'vi' ? 'signaturesVi' : 'signaturesEn')}
              label={t(language === 'vi' ? 'letterhead.signaturesVi' : 'letterhead.signaturesEn')}
              description={t('letterhead.signaturesHelp')}
              placeholder={letterhead.usualSignatures[language].join('\n')}
              lang={language}
              autosize
              minRows={3}
              maxRows={5}
              error={listError(`signatures.${language}`, texts.signatures[language]?.length ?? 0)}
            />
          ))}
          <FormFailure error={save.error} />
          {Object.keys(changes).length > 0 && (
            <Group gap="xs">
              <Button type="submit" loading={save.isPending}>
                {t('app:action.save')}
              </Button>
              <Button variant="default" onClick={() => setChanges({})}>
                {t('app:action.cancel')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
      <Example letterhead={letterhead} texts={texts} />
    </div>
  );
}

interface ExampleProps {
  readonly letterhead: Letterhead;
  readonly texts: ReturnType<typeof textsOf>;
}

function Example({ letterhead, texts }: ExampleProps) {
  const { t } = useTranslation('print');
  const [language, setLanguage] = useState<'vi' | 'en'>(useLanguage());
  const [rested] = useDebouncedValue(JSON.stringify(texts), REST_MS);
  const example = useQuery({
    queryKey: [...keyOf('previewLetterhead'), letterhead.version, rested, language],
    queryFn: () => call('previewLetterhead', { body: { letterhead: JSON.parse(rested) as typeof texts, language } }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { data } = example;
  return (
    <Input.Wrapper label={t('letterhead.preview')} labelElement="div">
      <Stack gap="xs">
        <SegmentedControl
          aria-label={t('letterhead.previewLanguage')}
          value={language}
          onChange={(value) => setLanguage(LANGUAGES.find((known) => known === value) ?? 'vi')}
          data={LANGUAGES.map((value) => ({ value, label: <span lang={value}>{SHOWN_AS[value]}</span> }))}
        />
        {data?.pages.map((page, i) => (
          <PaperPageView
            // biome-ignore lint/suspicious/noArrayIndexKey: a page is known by its number.
            key={i}
            page={page}
            number={i + 1}
            count={data.pageCount}
            language={language}
            logoVersion={letterhead.version}
          />
        ))}
      </Stack>
    </Input.Wrapper>
  );
}
