import {
  ActionIcon,
  Badge,
  Group,
  Menu,
  Paper,
  SegmentedControl,
  Select,
  Stack,
  Table,
  Text,
  VisuallyHidden,
} from '@mantine/core';
import { IconDots, IconFileText, IconKey, IconReceipt2, IconSignature } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Statement, StatementMonth } from '../../../core/api/contract.ts';
import { urlOf } from '../../api.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatCount, formatInstant, formatMoney } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useViewer } from '../../viewer.ts';
import { AccessDialog } from './access-dialog.tsx';
import { PaperDialog } from './paper-dialog.tsx';

const FILTERS = ['all', 'unsent', 'waiting', 'confirmed', 'disputed'] as const;
type Filter = (typeof FILTERS)[number];

function passes({ sentAtMs, answer }: Statement, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'unsent':
      return sentAtMs === null && answer === null;
    case 'waiting':
      return sentAtMs !== null && answer === null;
    case 'confirmed':
    case 'disputed':
      return answer === filter;
  }
}

export function StatementTable({ data }: { readonly data: StatementMonth }) {
  const { t } = useTranslation('statements');
  const [filter, setFilter] = useState<Filter>('all');
  const [department, setDepartment] = useState<string | null>(null);
  const [noted, setNoted] = useState<Statement>();
  const [changed, setChanged] = useState<Statement>();
  if (data.people.length === 0) {
    return <EmptyState icon={IconReceipt2} title={t('empty.title')} text={t('empty.text')} />;
  }
  const departments = new Map(
    data.people.flatMap(({ departmentId, departmentName }) =>
      departmentId === null ? [] : [[String(departmentId), departmentName ?? ''] as const],
    ),
  );
  const shown = data.people.filter(
    (person) => passes(person, filter) && (department === null || String(person.departmentId) === department),
  );
  return (
    <Stack gap="sm">
      <Group>
        <SegmentedControl
          aria-label={t('column.answer')}
          value={filter}
          onChange={(value) => setFilter(FILTERS.find((one) => one === value) ?? 'all')}
          data={FILTERS.map((value) => ({ value, label: t(`filter.${value}`) }))}
        />
        <Select
          clearable
          searchable
          aria-label={t('department')}
          placeholder={t('department')}
          data={[...departments].map(([value, label]) => ({ value, label }))}
          value={department}
          onChange={setDepartment}
        />
      </Group>
      <Paper component="section" aria-label={t('title')} className="tb-month">
        <Table.ScrollContainer minWidth={860}>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('column.name')}</Table.Th>
                <Table.Th>{t('column.department')}</Table.Th>
                <Table.Th ta="right">{t('column.calls')}</Table.Th>
                <Table.Th ta="right">{t('column.charges')}</Table.Th>
                <Table.Th>{t('column.contact')}</Table.Th>
                <Table.Th>{t('column.sent')}</Table.Th>
                <Table.Th>{t('column.answer')}</Table.Th>
                <Table.Th>
                  <VisuallyHidden>{t('column.actions')}</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((person) => (
                <PersonRow
                  key={person.personId}
                  month={data.month}
                  person={person}
                  onNote={setNoted}
                  onAccess={setChanged}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Paper>
      {noted !== undefined && <PaperDialog month={data.month} person={noted} onClose={() => setNoted(undefined)} />}
      {changed !== undefined && <AccessDialog person={changed} onClose={() => setChanged(undefined)} />}
    </Stack>
  );
}

interface PersonRowProps {
  readonly month: string;
  readonly person: Statement;
  readonly onNote: (person: Statement) => void;
  readonly onAccess: (person: Statement) => void;
}

function PersonRow({ month, person, onNote, onAccess }: PersonRowProps) {
  const { t } = useTranslation('statements');
  const language = useLanguage();
  const viewer = useViewer();
  const { personId, name, employeeNumber, departmentName, email, hasPassword, calls, charges, sentAtMs, reminders } =
    person;
  const paper = urlOf('printStatement', { query: { month, personId, language: person.language ?? language } });
  const canNote = person.answer !== 'confirmed' && person.openDisputes === 0;
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {employeeNumber}
        </Text>
      </Table.Td>
      <Table.Td>{departmentName}</Table.Td>
      <Table.Td ta="right" className="tb-num">
        {formatCount(calls, language)}
      </Table.Td>
      <Table.Td ta="right" className="tb-num">
        {charges.map((charge) => formatMoney(charge, language)).join(' + ')}
      </Table.Td>
      <Table.Td>
        <Text size="sm" {...(email === null ? { c: 'var(--tb-warn)' } : {})}>
          {email ?? t('noAddress')}
        </Text>
        <Text size="xs" c={hasPassword ? 'dimmed' : 'var(--tb-warn)'}>
          {t(hasPassword ? 'hasPassword' : 'noPassword')}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm" {...(sentAtMs === null ? { c: 'dimmed' } : {})}>
          {sentAtMs === null ? t('notSent') : formatInstant(sentAtMs, language)}
        </Text>
        {reminders > 0 && (
          <Text size="xs" c="dimmed">
            {t('remindedTimes', { count: reminders })}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <AnswerCell person={person} />
      </Table.Td>
      <Table.Td ta="right">
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('actionsOf', { name })}>
              <IconDots size={18} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item component="a" href={paper} leftSection={<IconFileText size={16} stroke={1.6} />}>
              {t('print')}
            </Menu.Item>
            <Menu.Item
              disabled={!canNote}
              leftSection={<IconSignature size={16} stroke={1.6} />}
              onClick={() => onNote(person)}
            >
              {t('note')}
            </Menu.Item>
            {viewer.may('change-people') && (
              <Menu.Item leftSection={<IconKey size={16} stroke={1.6} />} onClick={() => onAccess(person)}>
                {t('setAccess')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </Table.Td>
    </Table.Tr>
  );
}

const COLOURS = { confirmed: 'ledger', disputed: 'orange' } as const;

function AnswerCell({ person }: { readonly person: Statement }) {
  const { t } = useTranslation('statements');
  const language = useLanguage();
  const { answer, way, answeredAtMs, notedBy, note, openDisputes } = person;
  if (answer === null) {
    return (
      <Text size="sm" c="dimmed">
        {t('answer.none')}
      </Text>
    );
  }
  const at = answeredAtMs === null ? '' : formatInstant(answeredAtMs, language);
  return (
    <>
      <Badge variant="light" color={COLOURS[answer]}>
        {t(`answer.${answer}`)}
      </Badge>
      {way !== null && (
        <Text size="xs" c="dimmed">
          {t(`way.${way}`, { at, by: notedBy })}
        </Text>
      )}
      {note !== '' && <Text size="xs">{note}</Text>}
      {openDisputes > 0 && (
        <Text size="xs" c="var(--tb-warn)">
          {t('openDisputes', { count: openDisputes })}
        </Text>
      )}
    </>
  );
}
