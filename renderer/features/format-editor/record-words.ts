/** What was read from a line, or why not, in one short sentence. */
import type { TFunction } from 'i18next';
import type { TriedLine } from '../../../core/api/contract.ts';
import { textOr } from '../../language.ts';

const TEXTS = [
  'extension',
  'dialedNumber',
  'callerNumber',
  'callerName',
  'trunk',
  'accountCode',
  'authCode',
  'conditionCode',
  'cost',
] as const;

/** Says for a continuation whether the line before it was read; no text of the page. */
const GOES_ON = 'goesOn';

const pad2 = (n: number): string => String(n).padStart(2, '0');

function clock(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const rest = `${pad2(Math.floor(seconds / 60) % 60)}:${pad2(seconds % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}

export function recordWords({ record, doubts }: Pick<TriedLine, 'record' | 'doubts'>, t: TFunction<'formats'>): string {
  if (record === null) return '';
  const parts: string[] = [];
  const say = (label: string, value: unknown): void => {
    if (typeof value === 'string' || typeof value === 'number') parts.push(`${label} ${value}`);
  };
  for (const moment of ['start', 'answer', 'end'] as const) {
    const printed = record[moment];
    if (typeof printed === 'string')
      say(
        t(`says.${moment}`),
        printed
          .replace(/^XXXX-/, '')
          .replace('T', ' ')
          .trim(),
      );
  }
  const direction = record['direction'];
  if (typeof direction === 'string') parts.push(t(`direction.${direction as 'outgoing'}`));
  for (const key of TEXTS) say(t(`says.${key}`), record[key]);
  const { durationSeconds, ringSeconds } = record;
  if (typeof durationSeconds === 'number') say(t('says.duration'), clock(durationSeconds));
  if (typeof ringSeconds === 'number') say(t('says.ring'), clock(ringSeconds));
  const { extra } = record;
  if (typeof extra === 'object' && extra !== null) {
    for (const [name, value] of Object.entries(extra)) if (name !== GOES_ON) say(name, value);
  }
  if (record['transferred'] === true) parts.push(t('says.transferred'));
  if (typeof record['answered'] === 'boolean') parts.push(t(record['answered'] ? 'says.answered' : 'says.unanswered'));
  if (doubts.includes('date-impossible')) parts.push(t('says.impossibleDate'));
  return parts.join(' · ');
}

/** `bad-<field>` and `no-<field>` name the field where no sentence of their own is there. */
export function reasonWords(reason: string): string {
  const [, kind = '', means = ''] = /^(bad|no)-(.+)$/.exec(reason) ?? [];
  const field = textOr(`formats:meaning.${means}`, {}, means);
  const fallback = kind === '' ? reason : textOr(`formats:reason.${kind}Field`, { field }, reason);
  return textOr(`formats:reason.${reason}`, {}, textOr(`quarantine:reason.${reason}`, {}, fallback));
}
