/**
 * The two messages of gateway accounting over syslog, cut into their attributes. Attributes come in any order, values hold
 * blanks and may hold commas, and whatever the syslog server put in front is left.
 */

const KEYS = [
  'CallLegType',
  'ConnectionId',
  'SetupTime',
  'PeerAddress',
  'PeerSubAddress',
  'DisconnectCause',
  'DisconnectText',
  'ConnectTime',
  'DisconnectTime',
  'CallOrigin',
  'ChargedUnits',
  'InfoType',
  'TransmitPackets',
  'TransmitBytes',
  'ReceivePackets',
  'ReceiveBytes',
] as const;
export type HistoryKey = (typeof KEYS)[number];

const KEY = new RegExp(`(?:^|,)[ \\t]*(${KEYS.join('|')})(?=[ ,]|$)`, 'g');
const NEEDED: readonly HistoryKey[] = ['CallLegType', 'ConnectionId', 'SetupTime', 'DisconnectTime', 'CallOrigin'];
/** What a message that was broken into lines may go on with after all that is needed. */
export const REST_OF_HISTORY = new RegExp(`^\\s*(?:(?:${KEYS.join('|')})\\b[^,]*,?\\s*)+$`);

/** Attributes of a `VOIP_CALL_HISTORY` message; undefined while some that every one has are not there. */
export function readHistory(body: string): ReadonlyMap<HistoryKey, string> | undefined {
  const found = new Map<HistoryKey, string>();
  let last: HistoryKey | undefined;
  let from = 0;
  const close = (to: number): void => {
    if (last === undefined) return;
    const value = body.slice(from, to);
    const comma = last === 'DisconnectText' ? -1 : value.indexOf(',');
    found.set(last, (comma < 0 ? value : value.slice(0, comma)).trim());
  };
  for (const m of body.matchAll(KEY)) {
    close(m.index);
    last = m[1] as HistoryKey;
    from = m.index + m[0].length;
  }
  close(body.length);
  const isWhole = NEEDED.every((key) => found.has(key)) && !isCutTime(found.get('DisconnectTime') ?? '');
  return isWhole ? found : undefined;
}

/** The line broke inside the time: the year is still to come. */
const isCutTime = (time: string): boolean => /^[*.]?\d/.test(time) && !/\d{4}$/.test(time);

/** `key:value` pairs of a `VOIP_FEAT_HISTORY` message. A piece without a key belongs to the value before. */
export function readFeature(body: string): ReadonlyMap<string, string> | undefined {
  if (!body.startsWith('FEAT_VSA=')) return undefined;
  const found = new Map<string, string>();
  let last: string | undefined;
  for (const piece of body.slice('FEAT_VSA='.length).split(',')) {
    const m = /^\s*([A-Za-z]\w*):(.*)$/.exec(piece);
    if (m !== null) {
      last = m[1] ?? '';
      found.set(last, (m[2] ?? '').trim());
    } else if (last !== undefined) found.set(last, `${found.get(last) ?? ''},${piece}`.trim());
  }
  return found.has('fn') ? found : undefined;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MOMENT =
  /^([*.]?)(\d{1,2}):(\d\d):(\d\d)(?:\.(\d{1,3}))?\s+(\S+)\s+[A-Za-z]{3}\s+([A-Za-z]{3})\s+(\d{1,2})\s+(\d{4})$/;

export interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly secondOfDay: number;
  readonly milliseconds: number;
  readonly zone: string;
  /** A star or a point in front: the router's clock follows no server. */
  readonly isSynchronized: boolean;
}

/** `hh:mm:ss.mmm ZONE Www Mmm dd yyyy`; `none` for a time the router does not know, undefined for anything else. */
export function readMoment(text: string): Moment | 'none' | undefined {
  if (text === '' || /^(?:0|null|00:00:00\.000)$/i.test(text)) return 'none';
  const m = MOMENT.exec(text);
  if (m === null) return undefined;
  const month = MONTHS.indexOf((m[7] ?? '').toLowerCase()) + 1;
  const [hour, minute, second] = [Number(m[2]), Number(m[3]), Number(m[4])];
  if (month === 0 || hour > 23 || minute > 59 || second > 60) return undefined;
  return {
    year: Number(m[9]),
    month,
    day: Number(m[8]),
    secondOfDay: hour * 3600 + minute * 60 + second,
    milliseconds: Number((m[5] ?? '').padEnd(3, '0')),
    zone: m[6] ?? '',
    isSynchronized: m[1] === '',
  };
}
