import { Button, Group } from '@mantine/core';
import { type ReactNode, useState } from 'react';

/** The first rows of a long table, and a button for the rest; null where there is none. */
export function useShortened<Row>(
  rows: readonly Row[],
  shownAtFirst: number,
  label: string,
): { readonly shown: readonly Row[]; readonly more: ReactNode } {
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? rows : rows.slice(0, shownAtFirst);
  const more = shown.length < rows.length && (
    <Group justify="center" p="sm">
      <Button size="compact-md" variant="default" onClick={() => setIsWhole(true)}>
        {label}
      </Button>
    </Group>
  );
  return { shown, more };
}
