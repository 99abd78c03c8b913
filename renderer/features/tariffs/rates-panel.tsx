/** The prices of a version: found, changed one by one or many at once. */
import { Button, Chip, Group, Paper, Text } from '@mantine/core';
import { IconAdjustments, IconPlus, IconTrash } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StoredRate } from '../../../core/rating/tariff.ts';
import { Confirm } from '../../components/confirm.tsx';
import { DebouncedInput } from '../../components/debounced-input.tsx';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import type { DraftProblems } from './draft-checks.ts';
import { RateDialog } from './rate-dialog.tsx';
import { type DraftContent, type HistoryStep, type RateRow, removeRows } from './rate-edits.ts';
import { filterRows } from './rate-filter.ts';
import { RateGrid } from './rate-grid.tsx';
import { useCounted } from './use-counted.ts';

const NOBODY: ReadonlySet<number> = new Set();

interface RatesPanelProps {
  readonly content: DraftContent;
  /** As it was when the page was opened. */
  readonly earlier: DraftContent;
  readonly problems: DraftProblems['rows'];
  readonly isReadOnly: boolean;
  readonly shownId: number | undefined;
  /** The number that a row gets which is added now. */
  readonly nextId: number;
  readonly onStep: (step: HistoryStep) => void;
}

export function RatesPanel({ content, earlier, problems, isReadOnly, shownId, nextId, onStep }: RatesPanelProps) {
  const { t } = useTranslation('tariffs');
  const counted = useCounted();
  const language = useLanguage();
  const [text, setText] = useState('');
  const [onlyProblems, setOnlyProblems] = useState(false);
  const [onlyChanged, setOnlyChanged] = useState(false);
  const [openId, setOpenId] = useState<number>();
  const [isBulk, setIsBulk] = useState(false);
  const [asksRemoval, setAsksRemoval] = useState(false);
  const [addedId, setAddedId] = useState<number>();
  /** Rows that were edited since the search was typed stay, whatever they are called now. */
  const [edited, setEdited] = useState<ReadonlySet<number>>(NOBODY);
  const wanted = useDeferredValue(text);
  const search = (next: string): void => {
    setText(next);
    setEdited(NOBODY);
  };
  const before = useMemo(() => new Map(earlier.rows.map(({ id, rate }) => [id, rate])), [earlier]);
  const shown = useMemo(() => {
    const found = filterRows(content.rows, wanted, edited);
    if (!onlyProblems && !onlyChanged) return found;
    return found.filter(
      ({ id, rate }) => (!onlyProblems || problems.has(id)) && (!onlyChanged || before.get(id) !== rate),
    );
  }, [content.rows, wanted, edited, onlyProblems, onlyChanged, problems, before]);
  const open = content.rows.find(({ id }) => id === openId);
  const changeOne = (row: RateRow, rate: StoredRate): void => {
    if (JSON.stringify(rate) === JSON.stringify(row.rate)) return;
    if (text !== '') setEdited(new Set([...edited, row.id]));
    onStep({ kind: 'edit', edit: { rows: [{ id: row.id, before: row.rate, after: rate }] } });
  };
  const remove = (rows: readonly RateRow[]): void =>
    onStep({ kind: 'edit', edit: removeRows(content, new Set(rows.map(({ id }) => id))) });
  const count = formatCount(shown.length, language);
  return (
    <Paper component="section" className="tb-rates" aria-label={t('version.tab.rates')}>
      <div className="tb-toolbar">
        <DebouncedInput
          w={260}
          aria-label={t('rate.search')}
          placeholder={t('rate.search')}
          value={text}
          onSettled={search}
        />
        <span className="tb-faint tb-num">{t('rate.shown', counted(shown.length))}</span>
        {!isReadOnly && (
          <Chip size="xs" radius="sm" checked={onlyChanged} onChange={setOnlyChanged}>
            {t('rate.onlyChanged')}
          </Chip>
        )}
        {problems.size > 0 && (
          <Chip size="xs" radius="sm" color="orange" checked={onlyProblems} onChange={setOnlyProblems}>
            {t('rate.onlyProblems')}
          </Chip>
        )}
        {!isReadOnly && (
          <Group gap="xs" ml="auto">
            <Button
              size="xs"
              variant="subtle"
              color="red"
              disabled={shown.length === 0}
              leftSection={<IconTrash size={14} stroke={1.6} />}
              onClick={() => setAsksRemoval(true)}
            >
              {t('rate.removeThese', { count })}
            </Button>
            <Button
              size="xs"
              variant="default"
              disabled={shown.length === 0}
              leftSection={<IconAdjustments size={14} stroke={1.6} />}
              onClick={() => setIsBulk(true)}
            >
              {t('rate.bulk', { count })}
            </Button>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={14} stroke={1.6} />}
              onClick={() => {
                const digits = /^\d+$/.test(wanted.trim()) ? wanted.trim() : '';
                if (digits === '') search('');
                onStep({ kind: 'add', rates: [{ at: 0, rate: { prefix: digits, ratePerMinute: '0' } }] });
                setAddedId(nextId);
              }}
            >
              {t('rate.add')}
            </Button>
          </Group>
        )}
      </div>
      {shown.length === 0 ? (
        <Text c="dimmed" ta="center" p="xl">
          {t(content.rows.length === 0 ? 'rate.empty' : 'rate.none')}
        </Text>
      ) : (
        <RateGrid
          rows={shown}
          currency={content.terms.currency}
          problems={problems}
          earlier={(id) => before.get(id)}
          isReadOnly={isReadOnly}
          shownId={addedId ?? shownId}
          onChange={changeOne}
          onOpen={({ id }) => setOpenId(id)}
          onRemove={(row) => remove([row])}
        />
      )}
      {open !== undefined && (
        <RateDialog
          key={open.id}
          rate={open.rate}
          terms={content.terms}
          isReadOnly={isReadOnly}
          onDone={(rate) => {
            changeOne(open, rate);
            setOpenId(undefined);
          }}
          onClose={() => setOpenId(undefined)}
        />
      )}
      {isBulk && (
        <BulkDialog
          rows={shown}
          onEdit={(edit) => {
            if (edit !== undefined) onStep({ kind: 'edit', edit });
            setIsBulk(false);
          }}
          onClose={() => setIsBulk(false)}
        />
      )}
      <Confirm
        isOpen={asksRemoval}
        title={t('rate.removeAskTitle', { count })}
        text={t('rate.removeAskText')}
        action={t('action.remove')}
        onConfirm={() => {
          remove(shown);
          setAsksRemoval(false);
        }}
        onClose={() => setAsksRemoval(false)}
      />
    </Paper>
  );
}
