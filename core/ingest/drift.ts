/**
 * Drift: a source's newest records are not what they were. A PBX was upgraded, somebody chose other columns, the cable now
 * comes from another port; lines stop fitting, or still fit and mean something else. Compared are the newest records and
 * those before them. Pure: core/store/recent-records.ts brings them.
 */
import type { RecentRecord, RecordStretch } from '../store/recent-records.ts';

export type DriftField = 'extension' | 'trunk' | 'code' | 'dialled';

export type DriftSign =
  /** Lines stopped fitting. */
  | { readonly kind: 'unread'; readonly unread: number; readonly of: number }
  /** A column that was filled is empty now. */
  | { readonly kind: 'field-empty'; readonly field: DriftField }
  /** A column looks different: examples before and now (of codes only their form). */
  | { readonly kind: 'field-changed'; readonly field: DriftField; readonly before: string; readonly now: string }
  /** Dates are impossible, or far from when the records came. */
  | { readonly kind: 'dates'; readonly count: number; readonly of: number }
  /** Outgoing calls have no duration any more. */
  | { readonly kind: 'no-duration' };

/** Records that make the present; and how many there must be before one speaks of a change. */
export const RECENT_RECORDS = 50;
export const EARLIER_RECORDS = 500;
const MIN_RECENT = 20;
const MIN_EARLIER = 100;
const MIN_UNREAD = 5;

const OFTEN = 0.3;
const HARDLY_EVER = 0.05;
const NEARLY_ALL = 0.9;

const shareOf = <T>(items: readonly T[], test: (item: T) => boolean): number =>
  items.length === 0 ? 0 : items.filter(test).length / items.length;

/** Calls in which the field belongs. */
const BELONGS: Readonly<Record<DriftField, (record: RecentRecord) => boolean>> = {
  extension: () => true,
  trunk: ({ direction }) => direction === 'outgoing' || direction === 'incoming',
  code: ({ direction }) => direction === 'outgoing',
  dialled: ({ direction }) => direction === 'outgoing',
};
const FIELDS = Object.keys(BELONGS) as DriftField[];

/** `T9004` is `A9999`: what a column looks like, not what it says. */
function formOf(text: string): string {
  return text.replace(/\p{L}/gu, 'A').replace(/\d/g, '9');
}

function fieldSign(field: DriftField, earlier: RecordStretch, recent: RecordStretch): DriftSign | undefined {
  const before = earlier.records.filter(BELONGS[field]);
  const now = recent.records.filter(BELONGS[field]);
  if (before.length < MIN_EARLIER || now.length < MIN_RECENT) return undefined;
  const isFilled = (record: RecentRecord): boolean => record[field] !== null;
  if (shareOf(before, isFilled) >= OFTEN && shareOf(now, isFilled) <= shareOf(before, isFilled) / 10) {
    return { kind: 'field-empty', field };
  }
  // Numbers differ in length by themselves.
  if (field === 'dialled') return undefined;
  const formsBefore = new Set(before.flatMap((record) => (record[field] === null ? [] : [formOf(record[field])])));
  const filledNow = now.flatMap((record) => record[field] ?? []);
  if (formsBefore.size === 0 || filledNow.length < MIN_RECENT) return undefined;
  if (shareOf(filledNow, (value) => !formsBefore.has(formOf(value))) < NEARLY_ALL) return undefined;
  const shown = (value: string): string => (field === 'code' ? formOf(value) : value);
  const [example = ''] = before.flatMap((record) => record[field] ?? []);
  return { kind: 'field-changed', field, before: shown(example), now: shown(filledNow[0] ?? '') };
}

const hasStrangeDate = ({ doubts }: RecentRecord): boolean =>
  doubts.includes('date-impossible') || doubts.includes('clock-far-from-arrival');

/** The signs of a change, the plainest first; none while there are too few records. */
export function findDrift(earlier: RecordStretch, recent: RecordStretch): readonly DriftSign[] {
  const signs: DriftSign[] = [];
  const frames = recent.records.length + recent.unreadFrames;
  const unreadBefore = earlier.unreadFrames / Math.max(1, earlier.records.length + earlier.unreadFrames);
  const isOld = earlier.records.length >= MIN_EARLIER;
  const isUnread = recent.unreadFrames >= MIN_UNREAD && recent.unreadFrames / frames >= OFTEN;
  if (isOld && isUnread && unreadBefore <= HARDLY_EVER) {
    signs.push({ kind: 'unread', unread: recent.unreadFrames, of: frames });
  }
  if (!isOld || recent.records.length < MIN_RECENT) return signs;
  for (const field of FIELDS) {
    const sign = fieldSign(field, earlier, recent);
    if (sign !== undefined) signs.push(sign);
  }
  const strange = recent.records.filter(hasStrangeDate).length;
  const strangeBefore = shareOf(earlier.records, hasStrangeDate);
  if (strange / recent.records.length >= OFTEN && strangeBefore <= HARDLY_EVER) {
    signs.push({ kind: 'dates', count: strange, of: recent.records.length });
  }
  const outgoing = ({ direction }: RecentRecord): boolean => direction === 'outgoing';
  const isShort = ({ talkSeconds }: RecentRecord): boolean => talkSeconds === 0;
  const outgoingNow = recent.records.filter(outgoing);
  const shortBefore = shareOf(earlier.records.filter(outgoing), isShort);
  if (outgoingNow.length >= MIN_RECENT && shareOf(outgoingNow, isShort) === 1 && shortBefore <= 0.5) {
    signs.push({ kind: 'no-duration' });
  }
  return signs;
}
