/**
 * Int-ISDN: the manual has a line feed at column 74. If the switch really sends it, a record comes as two lines, and the
 * second has the columns from 75 on. The stream remembers a record that ended before them.
 */
import type { ColumnsLayout, Field } from '../engine.ts';
import { firstLineName } from './cm-assembly.ts';
import type { CmColumns } from './cm-record.ts';

const BREAK_COLUMN = 74;
const KEY = 'cmFirstLine';

/** Last field of the first line: remembers the record when nothing of the second part stands in it. */
export const keepFirstLine: Field = () => (_row, draft, state) => {
  if (state.line.length <= BREAK_COLUMN) state.context[KEY] = firstLineName(draft);
  else delete state.context[KEY];
  return undefined;
};

/** Fields behind the break, one record back. They are a part of that call and no call alone. */
export function secondLine(columns: CmColumns): ColumnsLayout {
  const behind = Object.entries(columns).flatMap(([name, span]): [string, readonly [number, number]][] =>
    span[0] > BREAK_COLUMN ? [[name, [span[0] - BREAK_COLUMN, span[1]]]] : [],
  );
  const names = behind.map(([name]) => name);
  const fill: Field = (cellOf) => {
    const at = names.map((name) => [name, cellOf(name)] as const);
    return (row, draft, state) => {
      const firstLine = state.context[KEY];
      if (firstLine === undefined) return 'unknown-line';
      delete state.context[KEY];
      const extra: Record<string, string> = { secondLineOf: firstLine };
      for (const [name, index] of at) {
        const value = row[index] ?? '';
        if (value !== '') extra[name] = value;
      }
      draft.extra = extra;
      state.isPart = true;
      return undefined;
    };
  };
  return {
    kind: 'columns',
    match: /^ [ \d] [ \d]{3}[ \d*#]{0,53}$/,
    columns: Object.fromEntries(behind),
    fields: [fill],
  };
}
