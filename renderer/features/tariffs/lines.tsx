/** A list whose entries are edited in place, with a button for one more. */
import { ActionIcon, Button, Group } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface LinesProps<T> {
  readonly items: readonly T[];
  readonly isReadOnly: boolean;
  readonly addLabel: string;
  readonly newItem: T;
  readonly removeLabel: (item: T) => string;
  readonly onChange: (items: readonly T[]) => void;
  readonly children: (item: T, set: (part: Partial<T>) => void, at: number) => ReactNode;
}

export function Lines<T extends object>(props: LinesProps<T>) {
  const { items, isReadOnly, addLabel, newItem, removeLabel, onChange, children } = props;
  return (
    <>
      {items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no lasting name while they are typed
        <Group key={at} gap="xs" align="flex-end" wrap="nowrap">
          {children(item, (part) => onChange(items.map((other, i) => (i === at ? merged(other, part) : other))), at)}
          {!isReadOnly && (
            <ActionIcon
              variant="subtle"
              color="red"
              size="lg"
              aria-label={removeLabel(item)}
              onClick={() => onChange(items.filter((_, i) => i !== at))}
            >
              <IconTrash size={16} stroke={1.6} />
            </ActionIcon>
          )}
        </Group>
      ))}
      {!isReadOnly && (
        <Group>
          <Button
            size="xs"
            variant="light"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange([...items, newItem])}
          >
            {addLabel}
          </Button>
        </Group>
      )}
    </>
  );
}

/** A field that is set to nothing goes. */
function merged<T extends object>(item: T, part: Partial<T>): T {
  const all = { ...item, ...part };
  for (const key of Object.keys(all) as (keyof T)[]) if (all[key] === undefined) delete all[key];
  return all;
}
