/** What every long table has: which columns it shows, and a copy for other programs. */
import { ActionIcon, Checkbox, Menu, Tooltip } from '@mantine/core';
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
    <Menu closeOnItemClick={false} position="bottom-end" withinPortal>
      <Menu.Target>
        <Tooltip label={t('columns.button')}>
          <ActionIcon variant="default" size={36} aria-label={t('columns.button')}>
            <IconColumns3 size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
        {all.map((key) => {
          const isOn = shown.includes(key);
          return (
            <Menu.Item
              key={key}
              role="menuitemcheckbox"
              aria-checked={isOn}
              disabled={isOn && shown.length === 1}
              leftSection={<Checkbox.Indicator checked={isOn} size="xs" />}
              onClick={() => turn(key, !isOn)}
            >
              {labelOf(key)}
            </Menu.Item>
          );
        })}
        <Menu.Divider />
        <Menu.Item disabled={choice.chosen === null} onClick={() => choice.choose(null)}>
          {t('columns.all')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
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
