/** What every long table has: which columns it shows, and a copy for other programs. */
import { ActionIcon, Button, Checkbox, Popover, Stack, Tooltip } from '@mantine/core';
import { IconColumns3, IconCopy } from '@tabler/icons-react';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showDone, showFailure, showRefused } from '../toasts.ts';
import { type CopiedTable, copyTable, readTable } from './copied-table.ts';
import type { ColumnChoice } from './use-columns.ts';

interface ColumnMenuProps<K extends string> {
  readonly choice: ColumnChoice<K>;
  readonly all: readonly K[];
  readonly labelOf: (key: K) => string;
}

export function ColumnMenu<K extends string>({ choice, all, labelOf }: ColumnMenuProps<K>) {
  const { t } = useTranslation('comfort');
  const { shown } = choice;
  const turn = (key: K, isOn: boolean): void =>
    choice.choose(all.filter((other) => (other === key ? isOn : shown.includes(other))));
  return (
    <Popover position="bottom-end" trapFocus withArrow shadow="md">
      <Popover.Target>
        <Tooltip label={t('columns.button')}>
          <ActionIcon variant="default" size={36} aria-label={t('columns.button')}>
            <IconColumns3 size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('columns.button')}>
        <Stack gap={9}>
          {all.map((key) => (
            <Checkbox
              key={key}
              size="xs"
              label={labelOf(key)}
              checked={shown.includes(key)}
              disabled={shown.length === 1 && shown.includes(key)}
              onChange={(event) => turn(key, event.currentTarget.checked)}
            />
          ))}
          <Button
            size="compact-sm"
            variant="default"
            disabled={choice.chosen === null}
            onClick={() => choice.choose(null)}
          >
            {t('columns.all')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

interface CutTable extends CopiedTable {
  /** There are more rows than a clipboard should hold. */
  readonly isCut?: boolean;
}

interface CopyButtonProps {
  readonly read: () => CutTable | Promise<CutTable>;
}

export function CopyButton({ read }: CopyButtonProps) {
  const { t } = useTranslation('comfort');
  const [isBusy, setIsBusy] = useState(false);
  const copy = async (): Promise<void> => {
    setIsBusy(true);
    try {
      const table = await read();
      const count = table.rows.length;
      if (!(await copyTable(table))) showRefused(t('copy.failed'));
      else showDone(table.isCut === true ? t('copy.cut', { count }) : t('copy.done', { count }));
    } catch (error) {
      showFailure(error);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Tooltip label={t('copy.button')}>
      <ActionIcon
        variant="default"
        size={36}
        loading={isBusy}
        aria-label={t('copy.button')}
        onClick={() => void copy()}
      >
        <IconCopy size={17} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}

interface CopyShownButtonProps {
  /** What holds the table. */
  readonly of: RefObject<HTMLElement | null>;
  /** Rows that the table has beyond those it shows. */
  readonly isCut?: boolean;
}

/** For tables that are on the page as they are. */
export function CopyShownButton({ of, isCut = false }: CopyShownButtonProps) {
  return (
    <CopyButton
      read={() => {
        const table = of.current?.querySelector('table');
        return { ...(table === null || table === undefined ? { head: [], rows: [] } : readTable(table)), isCut };
      }}
    />
  );
}
