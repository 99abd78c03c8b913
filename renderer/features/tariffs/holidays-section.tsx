/** The calendar of holidays: year by year, corrected by people. */
import {
  ActionIcon,
  Alert,
  Badge,
  type BadgeProps,
  Button,
  Group,
  Modal,
  Stack,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core';
import {
  IconArrowBackUp,
  IconCalendarPlus,
  IconChevronLeft,
  IconChevronRight,
  IconTrash,
  IconWorld,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Holiday } from '../../../core/api/contract.ts';
import { DayInput } from '../../components/day-input.tsx';
import { FormFailure } from '../../components/form-failure.tsx';
import { Section } from '../../components/section.tsx';
import { formatLocalDay } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { useToday } from '../../site.ts';
import { SeedHolidays } from './seed-holidays.tsx';

const REFRESH = ['getHolidays'] as const;

export function HolidaysSection() {
  const { t } = useTranslation('tariffs');
  const language = useLanguage();
  const today = useToday();
  const [year, setYear] = useState(() => Number(today.slice(0, 4)));
  const [isAdding, setIsAdding] = useState(false);
  const [isSeeding, setIsSeeding] = useState(false);
  const calendar = useRead('getHolidays', { query: {} });
  if (calendar.data === undefined) return null;
  const { country, suggestedCountry, holidays } = calendar.data;
  const shown = holidays.filter(({ day }) => day.startsWith(String(year)));
  const placeName = new Intl.DisplayNames(language, { type: 'region' }).of(country) ?? country;
  return (
    <Section title={t('holiday.title')} text={t('holiday.text')}>
      <Group justify="space-between">
        <Group gap={4}>
          <ActionIcon variant="default" aria-label={String(year - 1)} onClick={() => setYear(year - 1)}>
            <IconChevronLeft size={16} />
          </ActionIcon>
          <Text fw={650} w={56} ta="center" className="tb-num" aria-live="polite">
            {year}
          </Text>
          <ActionIcon variant="default" aria-label={String(year + 1)} onClick={() => setYear(year + 1)}>
            <IconChevronRight size={16} />
          </ActionIcon>
          <Text size="sm" c="dimmed" ml="xs">
            {placeName}
          </Text>
        </Group>
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconWorld size={16} stroke={1.6} />}
            onClick={() => setIsSeeding(true)}
          >
            {t('holiday.seed')}
          </Button>
          <Button leftSection={<IconCalendarPlus size={16} stroke={1.6} />} onClick={() => setIsAdding(true)}>
            {t('holiday.add')}
          </Button>
        </Group>
      </Group>
      {suggestedCountry !== null && suggestedCountry !== country && <Alert>{t('holiday.otherCountry')}</Alert>}
      {shown.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('holiday.none', { year })}
        </Text>
      ) : (
        <HolidayTable holidays={shown} />
      )}
      {shown.some(({ basis, isRemoved }) => basis === 'chosen' && !isRemoved) && (
        <Alert variant="light">{t('holiday.chosenHint')}</Alert>
      )}
      {country !== 'VN' && (
        <Text size="xs" c="dimmed">
          {t('holiday.source')}
        </Text>
      )}
      {isAdding && (
        <AddHoliday onClose={() => setIsAdding(false)} onAdded={(day) => setYear(Number(day.slice(0, 4)))} />
      )}
      {isSeeding && <SeedHolidays calendar={calendar.data} onClose={() => setIsSeeding(false)} />}
    </Section>
  );
}

function HolidayTable({ holidays }: { readonly holidays: readonly Holiday[] }) {
  const { t } = useTranslation('tariffs');
  return (
    <div className="tb-scroll">
      <table className="tb-table">
        <thead>
          <tr>
            <th>{t('holiday.day')}</th>
            <th>{t('holiday.weekday')}</th>
            <th>{t('holiday.name')}</th>
            <th>{t('holiday.basis')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {holidays.map((holiday) => (
            <HolidayRow key={holiday.day} holiday={holiday} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What people should look at stands out. */
function badgeLook({ basis, isRemoved }: Holiday): BadgeProps {
  if (isRemoved || basis === 'law' || basis === 'lunar' || basis === 'moved') return { variant: 'default' };
  return { variant: 'light', color: basis === 'chosen' ? 'orange' : 'blue' };
}

function HolidayRow({ holiday }: { readonly holiday: Holiday }) {
  const { t } = useTranslation('tariffs');
  const language = useLanguage();
  const remove = useWrite('removeHoliday', { refresh: REFRESH });
  const restore = useWrite('restoreHoliday', { refresh: REFRESH });
  const { day, nameEn, nameVi, basis, isRemoved } = holiday;
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
  const shownDay = formatLocalDay(day);
  const name = language === 'vi' ? nameVi : nameEn;
  return (
    <tr>
      <td className="tb-num">{shownDay}</td>
      <td>{weekday}</td>
      <td>{isRemoved ? <s className="tb-faint">{name}</s> : name}</td>
      <td>
        <Badge size="sm" {...badgeLook(holiday)}>
          {isRemoved ? t('holiday.removedMark') : t(`holiday.bases.${basis}`)}
        </Badge>
      </td>
      <td data-end>
        {isRemoved ? (
          <Tooltip label={t('holiday.bringBack')}>
            <ActionIcon
              variant="subtle"
              aria-label={t('holiday.bringBackOf', { day: shownDay })}
              onClick={() => restore.mutate({ params: { day } })}
            >
              <IconArrowBackUp size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        ) : (
          <Tooltip label={t('holiday.takeOut')}>
            <ActionIcon
              variant="subtle"
              color="red"
              aria-label={t('holiday.takeOutOf', { day: shownDay })}
              onClick={() => remove.mutate({ params: { day } })}
            >
              <IconTrash size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        )}
      </td>
    </tr>
  );
}

interface AddHolidayProps {
  readonly onClose: () => void;
  readonly onAdded: (day: string) => void;
}

function AddHoliday({ onClose, onAdded }: AddHolidayProps) {
  const { t } = useTranslation(['tariffs', 'app']);
  const language = useLanguage();
  const [day, setDay] = useState<string | null>(null);
  const [names, setNames] = useState({ vi: '', en: '' });
  const put = useWrite('putHoliday', {
    refresh: REFRESH,
    showsErrors: true,
    onDone: (_, { params }) => {
      onAdded(params.day);
      onClose();
    },
  });
  const other = language === 'vi' ? 'en' : 'vi';
  const nameInput = (which: 'vi' | 'en') => (
    <TextInput
      label={t(which === 'vi' ? 'holiday.nameVi' : 'holiday.nameEn')}
      required={which === language}
      maxLength={200}
      value={names[which]}
      onChange={(event) => setNames({ ...names, [which]: event.currentTarget.value })}
    />
  );
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('holiday.add')}</Text>}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const own = names[language].trim();
          const translated = names[other].trim() === '' ? own : names[other].trim();
          if (day === null) return;
          put.mutate({
            params: { day },
            body: language === 'vi' ? { nameVi: own, nameEn: translated } : { nameEn: own, nameVi: translated },
          });
        }}
      >
        <Stack>
          <DayInput label={t('holiday.day')} required value={day} onChange={setDay} data-autofocus />
          {nameInput(language)}
          {nameInput(other)}
          <FormFailure error={put.error} unshown={['day']} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app:action.cancel')}
            </Button>
            <Button type="submit" loading={put.isPending} disabled={day === null}>
              {t('app:action.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
