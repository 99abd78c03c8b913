/** Lines as they stand on the screen: a call of several lines is one record and several rows. */
import type { TriedLine } from '../../../core/api/contract.ts';
import type { Definition } from './draft.ts';

export interface Row {
  readonly text: string;
  readonly record: TriedLine;
  /** Which line of the record it is, from 1. */
  readonly line: number;
  /** Where it begins in the record's text. */
  readonly offset: number;
  readonly isLast: boolean;
}

export function rowsOf(records: readonly TriedLine[]): readonly Row[] {
  return records.flatMap((record) => {
    const lines = [...record.text.matchAll(/[^\r\n\f]+/g)];
    return lines.map((m, index) => ({
      text: m[0],
      record,
      line: index + 1,
      offset: m.index,
      isLast: index === lines.length - 1,
    }));
  });
}

const plainLine = (text: string): TriedLine => ({
  text,
  outcome: 'malformed',
  reason: 'not-described',
  record: null,
  doubts: [],
  layout: null,
  fields: [],
  leftover: [],
});

function patternOf(text: string): RegExp | undefined {
  try {
    return new RegExp(text, 'u');
  } catch {
    return undefined;
  }
}

/** The lines themselves, gathered as far as the beginnings of records are known: shown while nothing can be tried yet. */
export function plainRecords(lines: readonly string[], record: Definition['record']): readonly TriedLine[] {
  const first = record?.kind === 'lines' ? patternOf(record.first) : undefined;
  if (record?.kind !== 'lines' || first === undefined) return lines.map(plainLine);
  const gathered: string[][] = [];
  for (const line of lines) {
    const open = gathered.at(-1);
    const goesOn = open !== undefined && open.length < record.count && first.test(open[0] ?? '') && !first.test(line);
    if (goesOn) open.push(line);
    else gathered.push([line]);
  }
  return gathered.map((texts) => plainLine(texts.join('\n')));
}
