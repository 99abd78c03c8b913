/**
 * Cisco CME, UC500 and IOS gateways: accounting over syslog, one message a call leg and one a feature.
 *
 *     … %VOIPAAA-5-VOIP_CALL_HISTORY: CallLegType 2, ConnectionId …, SetupTime …, PeerAddress …, … CallOrigin 1, …
 *     … %VOIPAAA-5-VOIP_FEAT_HISTORY: FEAT_VSA=fn:CFA,ft:12/16/2010 10:14:59.206,…,fwder:…,fwdee:…,fwdto:…
 *
 * CallOrigin 2 is the leg that came in, its PeerAddress the caller; 1 the leg that went out, to the number called. The
 * cause is hexadecimal and kept as printed. A message that somebody broke into lines is put together again.
 */
import type { Doubt } from '../../core/model/call-record.ts';
import { daysFromCivil, isCivilDate, localText } from '../../core/model/time.ts';
import { type Draft, resolveOptions } from '../engine.ts';
import { withCleanFront } from '../line-front.ts';
import { readDate, readTime } from '../readers.ts';
import type { DateOrder, FormatDefinition, ParseOutcome, StreamContext } from '../types.ts';
import { iosAssembly } from './ios-assembly.ts';
import { type HistoryKey, type Moment, REST_OF_HISTORY, readFeature, readHistory, readMoment } from './ios-message.ts';
import { extensionDigitsOption } from './options.ts';

const MESSAGE = /%VOIPAAA-\d-VOIP_(CALL|FEAT)_HISTORY:\s*/;
const OTHER_MESSAGE = /%[A-Z][A-Z\d_]*(?:-[A-Z\d_]+)*-[0-7]-[A-Z\d_]+:/;
const MOST_PENDING = 3000;

const secondsOf = ({ year, month, day, secondOfDay }: Moment): number =>
  daysFromCivil(year, month, day) * 86400 + secondOfDay;

function legRecord(attributes: ReadonlyMap<HistoryKey, string>): ParseOutcome {
  const value = (key: HistoryKey): string => attributes.get(key) ?? '';
  const [setup, connect, disconnect] = [
    readMoment(value('SetupTime')),
    readMoment(value('ConnectTime')),
    readMoment(value('DisconnectTime')),
  ];
  if (setup === undefined || connect === undefined || disconnect === undefined) {
    return { kind: 'malformed', reason: 'bad-time' };
  }
  const origin = value('CallOrigin');
  if (!/^\d+$/.test(value('CallLegType')) || !/^[12]$/.test(origin))
    return { kind: 'malformed', reason: 'bad-direction' };
  const id = value('ConnectionId').replace(/\s+/g, '').toUpperCase();
  if (!/^[\dA-F]{1,32}$/.test(id)) return { kind: 'malformed', reason: 'bad-call-id' };
  const cause = value('DisconnectCause');
  if (!/^[\dA-Fa-f]{0,3}$/.test(cause)) return { kind: 'malformed', reason: 'bad-condition' };

  const doubts: Doubt[] = [];
  const draft: Draft = { startOrEnd: 'start' };
  const write = (key: 'start' | 'answer' | 'end', moment: Moment | 'none'): void => {
    if (moment === 'none') return;
    if (isCivilDate(moment.year, moment.month, moment.day)) draft[key] = localText(secondsOf(moment));
    else if (!doubts.includes('date-impossible')) doubts.push('date-impossible');
  };
  write('start', setup);
  write('answer', connect);
  write('end', disconnect);
  if (connect !== 'none' && disconnect !== 'none') {
    const milliseconds =
      (secondsOf(disconnect) - secondsOf(connect)) * 1000 + disconnect.milliseconds - connect.milliseconds;
    draft.durationSeconds = Math.max(0, Math.floor(milliseconds / 1000));
    draft.answered = milliseconds > 0;
  } else if (disconnect !== 'none') {
    draft.durationSeconds = 0;
    draft.answered = false;
  }
  if (draft.answered === false) delete draft.answer;
  if (setup === 'none' && disconnect === 'none') doubts.push('date-from-arrival');
  const peer = value('PeerAddress');
  if (peer !== '') draft[origin === '1' ? 'dialedNumber' : 'callerNumber'] = peer;
  if (cause !== '') draft.conditionCode = cause;
  draft.callId = id;
  const known = setup === 'none' ? disconnect : setup;
  draft.extra = {
    callLegType: value('CallLegType'),
    callOrigin: origin,
    ...(value('DisconnectText') === '' ? {} : { disconnectText: value('DisconnectText') }),
    ...(known === 'none' ? {} : { zone: known.zone }),
    ...(known !== 'none' && !known.isSynchronized ? { clock: 'unsynchronized' } : {}),
  };
  return doubts.length === 0 ? { kind: 'call', record: draft } : { kind: 'call', record: draft, doubts };
}

/** Keys with a place of their own in the record. */
const PLACED = ['fn', 'ft', 'fcid', 'fwdee', 'fwder'];

function featureRecord(pairs: ReadonlyMap<string, string>, order: DateOrder): ParseOutcome {
  const draft: Draft = { startOrEnd: 'start', conditionCode: pairs.get('fn') ?? '' };
  const doubts: Doubt[] = [];
  const at = pairs.get('ft') ?? '';
  const m = /^[*.]?(\d{1,2}\/\d{1,2}\/\d{4}) (\d{1,2}:\d\d:\d\d)/.exec(at);
  if (m !== null) {
    const [date, time] = [readDate(m[1] ?? '', order), readTime(m[2] ?? '')];
    if (date?.startsWith('2') === true && time !== undefined && /^\d/.test(time)) draft.start = `${date}T${time}`;
    else doubts.push('date-impossible');
  } else if (at !== '') return { kind: 'malformed', reason: 'bad-time' };
  const caller = pairs.get('fwdee') ?? pairs.get('cgn') ?? '';
  const called = pairs.get('fwder') ?? pairs.get('cdn') ?? '';
  if (caller !== '') draft.callerNumber = caller;
  if (called !== '') draft.dialedNumber = called;
  const id = (pairs.get('fcid') ?? '').replace(/\s+/g, '').toUpperCase();
  if (id !== '') draft.callId = id;
  const extra = Object.fromEntries([...pairs].filter(([key, value]) => value !== '' && !PLACED.includes(key)));
  if (Object.keys(extra).length > 0) draft.extra = extra;
  return doubts.length === 0 ? { kind: 'part', record: draft } : { kind: 'part', record: draft, doubts };
}

function historyOutcome(body: string, context: StreamContext): ParseOutcome {
  const attributes = readHistory(body);
  if (attributes !== undefined) {
    delete context['pending'];
    context['isAfterHistory'] = '1';
    return legRecord(attributes);
  }
  if (body.length > MOST_PENDING) {
    delete context['pending'];
    return { kind: 'malformed', reason: 'too-few-fields' };
  }
  context['pending'] = body;
  return { kind: 'incomplete' };
}

function parseLine(text: string, order: DateOrder, context: StreamContext): ParseOutcome {
  const found = MESSAGE.exec(text);
  const isAfterHistory = context['isAfterHistory'] !== undefined;
  delete context['isAfterHistory'];
  if (found !== null) {
    delete context['pending'];
    const body = text.slice(found.index + found[0].length).trimEnd();
    if (found[1] === 'CALL') return historyOutcome(body, context);
    const pairs = readFeature(body);
    return pairs === undefined ? { kind: 'malformed', reason: 'bad-event' } : featureRecord(pairs, order);
  }
  if (text.trim() === '') return { kind: 'noise', rule: 'blank' };
  if (OTHER_MESSAGE.test(text)) {
    delete context['pending'];
    return { kind: 'noise', rule: 'other-message' };
  }
  const pending = context['pending'];
  if (pending !== undefined) return historyOutcome(`${pending} ${text.trim()}`, context);
  if (isAfterHistory && REST_OF_HISTORY.test(text)) {
    context['isAfterHistory'] = '1';
    return { kind: 'noise', rule: 'rest-of-message' };
  }
  return { kind: 'malformed', reason: 'unknown-line' };
}

export const ciscoIos: FormatDefinition = withCleanFront({
  id: 'cisco-ios',
  aliases: ['cisco-cme', 'cisco-uc500', 'cisco-ios-syslog'],
  vendor: 'Cisco',
  title: 'Cisco CME, UC500, IOS gateway accounting (syslog)',
  models: ['Unified CME', 'UC500', 'IOS voice gateways'],
  transports: ['udp-listener', 'tcp-listener', 'file'],
  confidence: 'proved',
  unsure: {
    en: 'A message tells one leg and no direction: it is concluded from the lengths of the two numbers. Feature codes other than CFA, and where an authorization code stands, are not proved. Names of time zones are kept as printed.',
    vi: 'Mỗi thông báo chỉ nói về một chặng và không có chiều: chiều được suy ra từ độ dài hai số. Các mã tính năng ngoài CFA và chỗ đặt mã xác thực chưa được chứng minh. Tên múi giờ được giữ như đã in.',
  },
  framing: { kind: 'line', maxBytes: 4096 },
  options: [extensionDigitsOption],
  defaults: { dateOrder: 'MDY', timeIs: 'start' },
  codeFields: ['account'],
  create(given) {
    const { dateOrder } = resolveOptions({ options: [extensionDigitsOption], defaults: { dateOrder: 'MDY' } }, given);
    return { parse: (text, context) => parseLine(text, dateOrder, context) };
  },
  utcOffsetMinutes: (record) => (/^(?:UTC|GMT|Z)$/.test(record.extra?.['zone'] ?? '') ? 0 : undefined),
  assembly: iosAssembly,
});
