/** What the definition makes of the lines, asked again shortly after each change. */
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import type { Definition, TryResult } from '../../../core/api/contract.ts';
import { useRead } from '../../query-client.ts';
import { tryable } from './draft.ts';
import type { GivenLines } from './lines-step.tsx';

const WAIT_MS = 120;

export function useTry(definition: Definition, lines: GivenLines): TryResult | undefined {
  const [asked] = useDebouncedValue({ definition, lines }, WAIT_MS);
  const result = useRead(
    'tryDefinition',
    { body: { definition: tryable(asked.definition), text: asked.lines.text, isBytes: asked.lines.isBytes } },
    { placeholderData: keepPreviousData, enabled: asked.lines.text !== '', gcTime: 0 },
  );
  return result.data;
}
