import { Button, ColorInput, Group, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkbookLook, WorkbookStyle, WorkbookTemplate } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { keyOf, queryClient, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { WorkbookPreview } from './workbook-preview.tsx';

const COLORS = ['headingFill', 'headingColor', 'totalFill', 'bandFill'] as const;
const TEXTS = ['headerLeft', 'headerRight', 'footerLeft'] as const;
const SWATCHES = ['#E3EAF2', '#1F4E79', '#DDEBE0', '#1E5B3A', '#FBE9D9', '#8A3B12', '#F3D9DE', '#7A0019', '#F5F7FA'];

function styleOf({ body, heading, total, bandFill, headerLeft, headerRight, footerLeft }: WorkbookLook): WorkbookStyle {
  return {
    fontName: body.fontName,
    headingColor: heading.color,
    headingFill: heading.fill,
    totalFill: total.fill,
    bandFill,
    ...{ headerLeft, headerRight, footerLeft },
  };
}

/** The look with these fields, before it is saved. */
function withStyle(look: WorkbookLook, style: WorkbookStyle): WorkbookLook {
  const { fontName, headingColor, headingFill, totalFill, ...rest } = style;
  return {
    ...look,
    ...rest,
    title: { ...look.title, fontName },
    heading: { ...look.heading, fontName, color: headingColor, fill: headingFill },
    total: { ...look.total, fontName, fill: totalFill },
    body: { ...look.body, fontName },
  };
}

export function WorkbookForm({ template }: { readonly template: WorkbookTemplate }) {
  const { t } = useTranslation(['workbook', 'app']);
  const [changes, setChanges] = useState<Partial<WorkbookStyle>>({});
  const style = { ...styleOf(template.look), ...changes };
  const save = useWrite('putWorkbookStyle', {
    showsErrors: true,
    onDone: (saved) => {
      queryClient.setQueryData(keyOf('getWorkbookTemplate'), saved);
      setChanges({});
      showDone(t('app:saved'));
    },
  });
  const errors = useFieldErrors(save.error, style);
  const set = (part: Partial<WorkbookStyle>): void => setChanges({ ...changes, ...part });
  const setColor = (name: (typeof COLORS)[number], text: string): void => {
    const color = /^#?([0-9a-fA-F]{6})$/.exec(text.trim())?.[1]?.toUpperCase();
    if (color !== undefined) set({ [name]: color });
    else if (text === '' && name !== 'headingColor') set({ [name]: null });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ body: style });
      }}
    >
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <TextInput
            label={t('font')}
            value={style.fontName}
            error={errors.at('fontName')}
            onChange={(event) => set({ fontName: event.currentTarget.value })}
          />
          {COLORS.map((name) => (
            <ColorInput
              key={name}
              label={t(name)}
              format="hex"
              swatches={SWATCHES}
              withEyeDropper={false}
              value={style[name] === null ? '' : `#${style[name]}`}
              error={errors.at(name)}
              onChange={(text) => setColor(name, text)}
              {...(name === 'headingColor' ? {} : { placeholder: t('colorHelp') })}
            />
          ))}
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          {TEXTS.map((name) => (
            <TextInput
              key={name}
              label={t(name)}
              description={t('pageHelp')}
              value={style[name]}
              error={errors.at(name)}
              onChange={(event) => set({ [name]: event.currentTarget.value })}
            />
          ))}
        </SimpleGrid>
        <WorkbookPreview look={withStyle(template.look, style)} />
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
  );
}
