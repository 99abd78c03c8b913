import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssembledCall } from '../../core/model/call.ts';
import { daysFromCivil, partsOfPrinted } from '../../core/model/time.ts';
import { createAssembler } from '../../parsers/assembler.ts';
import { ciscoCucm } from '../../parsers/cisco/cucm.ts';
import { parseText, type StreamOutcome } from '../../parsers/parse-stream.ts';
import type { FormatOptions } from '../../parsers/types.ts';

/** 2026-11-23 09:00:00 UTC. */
const NOW = daysFromCivil(2026, 11, 23) * 86400 + 9 * 3600;

const NAMES = [
  'cdrRecordType',
  'globalCallID_callManagerId',
  'globalCallID_callId',
  'origLegCallIdentifier',
  'dateTimeOrigination',
  'callingPartyNumber',
  'callingPartyUnicodeLoginUserID',
  'origCause_value',
  'destLegIdentifier',
  'originalCalledPartyNumber',
  'finalCalledPartyNumber',
  'destCause_value',
  'dateTimeConnect',
  'dateTimeDisconnect',
  'lastRedirectDn',
  'pkid',
  'callingPartyNumberPartition',
  'duration',
  'origDeviceName',
  'destDeviceName',
  'lastRedirectRedirectReason',
  'destConversationId',
  'globalCallId_ClusterID',
  'joinOnBehalfOf',
  'authCodeDescription',
  'clientMatterCode',
  'origConversationId',
  'authorizationCodeValue',
] as const;
type Row = Partial<Record<(typeof NAMES)[number], string | number>>;

const PHONE = { B: 'SEP00000000000B', C: 'SEP00000000000C', D: 'CSFJANE' } as const;
const GATEWAY = 'S0/SU2/DS1-0@GATEWAY1';
const header = (names: readonly string[] = NAMES): string => `${names.map((name) => `"${name}"`).join(',')}\n`;

let serial = 0;
/** A row with quotes around its texts; what is not given is an answered minute from telephone B to telephone C. */
function row(given: Row, names: readonly string[] = NAMES): string {
  serial += 1;
  const start = Number(given.dateTimeOrigination ?? NOW);
  const duration = Number(given.duration ?? 60);
  const whole: Row = {
    cdrRecordType: 1,
    globalCallID_callManagerId: 1,
    globalCallID_callId: 1000 + serial,
    origLegCallIdentifier: 0,
    dateTimeOrigination: start,
    callingPartyNumber: '2001',
    origCause_value: 0,
    destLegIdentifier: 0,
    originalCalledPartyNumber: '2002',
    finalCalledPartyNumber: given.originalCalledPartyNumber ?? '2002',
    destCause_value: 16,
    dateTimeConnect: duration > 0 ? start + 5 : 0,
    dateTimeDisconnect: start + 5 + duration,
    pkid: `${String(serial).padStart(8, '0')}-0000-4000-8000-000000000000`,
    callingPartyNumberPartition: 'PT',
    duration,
    origDeviceName: PHONE.B,
    destDeviceName: PHONE.C,
    globalCallId_ClusterID: 'cluster',
    ...given,
  };
  const isNumber =
    /^(?:cdrRecordType|.*_value|.*Identifier|dateTime.*|duration|.*OnBehalfOf|.*ConversationId|.*Reason|.*_callId|.*ManagerId)$/;
  const cells = names.map((name) => {
    const value = whole[name as keyof Row] ?? (isNumber.test(name) ? 0 : '');
    return isNumber.test(name) ? String(value) : `"${String(value).replaceAll('"', '""')}"`;
  });
  return `${cells.join(',')}\n`;
}

const read = (text: string, options: FormatOptions = {}): StreamOutcome[] => parseText(ciscoCucm, options, text);
const told = (text: string, options: FormatOptions = {}) =>
  read(text, options).map(({ outcome }) =>
    outcome.kind === 'call' || outcome.kind === 'part' ? outcome.record : 'rule' in outcome ? outcome.rule : outcome,
  );
const one = (given: Row, options: FormatOptions = {}) => told(header() + row(given), options)[1];

function callsOf(text: string, options: FormatOptions = {}): AssembledCall[] {
  const assembler = createAssembler(ciscoCucm, options);
  const calls = new Map<number, AssembledCall>();
  for (const { outcome, offset, length } of read(text, options)) {
    if (outcome.kind !== 'call' && outcome.kind !== 'part') continue;
    const { record, doubts = [] } = outcome;
    const parts = partsOfPrinted(record.start ?? '');
    const seconds =
      parts?.year === undefined || parts.month === undefined || parts.day === undefined
        ? undefined
        : daysFromCivil(parts.year, parts.month, parts.day) * 86400 + parts.secondOfDay;
    const entry = { record, part: outcome.kind === 'part', doubts, sourceOffset: offset, byteLength: length };
    const step = assembler.push(entry, seconds);
    calls.set(step.firstOffset, step.call);
  }
  return [...calls.values()];
}

const incoming = {
  callingPartyNumber: '0241555123',
  origDeviceName: GATEWAY,
  callingPartyNumberPartition: '',
} as const;
const outgoing = { originalCalledPartyNumber: '0915550142', destDeviceName: GATEWAY } as const;

describe('a CUCM file', () => {
  it('is read by the names in its header, in any order and any letters', () => {
    const names = [...NAMES].reverse();
    const text =
      header(names.map((name) => name.toUpperCase())) + row({ ...outgoing, clientMatterCode: '11111' }, names);
    expect(told(text)).toMatchObject([
      'heading',
      {
        start: '2026-11-23T09:00:00Z',
        answer: '2026-11-23T09:00:05Z',
        end: '2026-11-23T09:01:05Z',
        durationSeconds: 60,
        direction: 'outgoing',
        extension: '2001',
        trunk: GATEWAY,
        dialedNumber: '0915550142',
        accountCode: '11111',
        answered: true,
        conditionCode: '16',
      },
    ]);
  });

  it('may repeat its header, change its columns, carry a mark of UTF-8, and hold quality records', () => {
    const fewer = NAMES.filter((name) => name !== 'callingPartyUnicodeLoginUserID');
    const text = [
      `\xef\xbb\xbf${header()}`,
      'INTEGER,INTEGER,VARCHAR(50)\n',
      row({}),
      header(fewer),
      row({ callingPartyNumber: '2003' }, fewer),
      '"cdrRecordType","globalCallID_callManagerId","globalCallID_callId","nodeId","numberPacketsSent"\n',
      '2,1,1001,1,4711\n',
      row({ callingPartyNumber: '2004' }, fewer),
    ].join('');
    expect(told(text)).toMatchObject([
      'heading',
      'column-types',
      { callerNumber: '2001' },
      'heading',
      { callerNumber: '2003' },
      'cmr-heading',
      'cmr',
      { callerNumber: '2004' },
    ]);
  });

  it('may have passed through a spreadsheet that parts cells with semicolons and drops quotes', () => {
    const text = (header() + row({})).replaceAll(',', ';').replaceAll('"', '');
    expect(told(text)[1]).toMatchObject({ direction: 'internal', extension: '2001', dialedNumber: '2002' });
  });

  it('names users in UTF-8, with commas and quotes', () => {
    const text = header() + row({ callingPartyUnicodeLoginUserID: 'Nguy\xe1\xbb\x85n, "An"' });
    expect(told(text)[1]).toMatchObject({ extra: { callingUser: 'Nguyễn, "An"' }, dialedNumber: '2002' });
  });

  it('gives damaged rows back', () => {
    const good = row({});
    const reasons = [good.slice(0, 60), good.replace(`${NOW},`, 'x,'), good.replace('"2001"', '"2001'), 'hello'].map(
      (text) => read(`${header()}${text.trim()}\n`)[1]?.outcome,
    );
    expect(reasons.map((outcome) => outcome?.kind)).toEqual(['malformed', 'malformed', 'malformed', 'malformed']);
  });
});

describe('a CUCM row', () => {
  it('tells the direction by its devices', () => {
    expect(one({})).toMatchObject({ direction: 'internal', extension: '2001' });
    expect(one(incoming)).toMatchObject({ direction: 'incoming', extension: '2002', trunk: GATEWAY });
    expect(one(outgoing)).toMatchObject({ direction: 'outgoing', extension: '2001', trunk: GATEWAY });
    expect(one({ ...incoming, ...outgoing, destDeviceName: '10.1.2.3' })).toMatchObject({
      direction: 'tandem',
      trunk: GATEWAY,
      trunkOut: '10.1.2.3',
    });
    expect(one({ destDeviceName: 'SIP-Trunk-ITSP' })).toMatchObject({ direction: 'outgoing', trunk: 'SIP-Trunk-ITSP' });
    expect(one({ origDeviceName: 'CTI_IVR', destDeviceName: PHONE.D })).toMatchObject({ direction: 'internal' });
    expect(one({ destDeviceName: 'CFB_2' })).toMatchObject({ direction: 'internal' });
    expect(one({ destDeviceName: 'CTIRP_Queue' })).toMatchObject({ direction: 'internal' });
    expect(one({ destDeviceName: '', duration: 0 })).not.toHaveProperty('direction');
  });

  it('takes the site at its word about trunks and telephones', () => {
    expect(one({ destDeviceName: 'VM-Port1' }, { trunks: 'Trunk-A, Trunk-B' })).toMatchObject({
      direction: 'internal',
    });
    expect(one({ destDeviceName: 'trunk-b' }, { trunks: 'Trunk-A, Trunk-B' })).toMatchObject({ direction: 'outgoing' });
    expect(one({ destDeviceName: 'HALL-2' }, { phones: '^(SEP|HALL)' })).toMatchObject({ direction: 'internal' });
    expect(one({}, { phones: '(' })).toMatchObject({ direction: 'internal' });
  });

  it('carries the value of an authorization code, else its name', () => {
    expect(one({ authCodeDescription: 'Jane', authorizationCodeValue: '4711' })).toMatchObject({ authCode: '4711' });
    expect(one({ authCodeDescription: 'Jane', authorizationCodeValue: '****' })).toMatchObject({ authCode: 'Jane' });
    expect(one({ authCodeDescription: 'Jane' })).toMatchObject({ authCode: 'Jane' });
  });

  it('has no account code where a refused one was dialled', () => {
    const refused = { clientMatterCode: '9999999999999999', duration: 0 };
    expect(one(refused)).not.toHaveProperty('accountCode');
    expect(one({ ...refused, duration: 3 })).toHaveProperty('accountCode');
  });

  it('of no duration tells the cause: busy, no answer, given up', () => {
    expect(one({ ...outgoing, duration: 0, destCause_value: 17 })).toMatchObject({
      answered: false,
      conditionCode: '17',
    });
    expect(one({ ...incoming, duration: 0, origCause_value: 16, destCause_value: 0 })).toMatchObject({
      answered: false,
      conditionCode: '16',
    });
  });
});

describe('rows of one CUCM conversation', () => {
  const split = { origCause_value: 393216, destCause_value: 393216 } as const;
  const first = row({ ...incoming, ...split, origLegCallIdentifier: 101, destLegIdentifier: 102, duration: 30 });
  const consultation = row({
    ...split,
    origLegCallIdentifier: 103,
    destLegIdentifier: 104,
    callingPartyNumber: '2002',
    originalCalledPartyNumber: '2003',
    dateTimeOrigination: NOW + 20,
    duration: 10,
  });
  const transferred = row({
    ...incoming,
    origLegCallIdentifier: 101,
    destLegIdentifier: 104,
    originalCalledPartyNumber: '2003',
    dateTimeOrigination: NOW + 35,
    duration: 100,
    joinOnBehalfOf: 10,
  });

  it('that a transfer made are one call of the line and the consultation, in any order and with rows twice', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([first, consultation, transferred, transferred], { minLength: 4 }), (rows) => {
        const calls = callsOf(header() + rows.join(''));
        const line = calls.filter((call) => call.direction === 'incoming');
        expect(line).toHaveLength(1);
        expect(line[0]).toMatchObject({
          talkSeconds: 130,
          answered: true,
          outsideNumber: '0241555123',
          doubts: [],
          record: { extension: '2002', transferred: true, start: '2026-11-23T09:00:00Z' },
        });
        expect(calls.filter((call) => call.direction !== 'internal')).toHaveLength(1);
      }),
    );
  });

  it('are marked while the leg that goes on has not come, or the one before', () => {
    expect(callsOf(header() + first)[0]?.doubts).toContain('leg-missing');
    expect(callsOf(header() + transferred)[0]?.doubts).toContain('leg-missing');
  });

  it('keep a call going out one after a transfer, with its code and its number', () => {
    const out = row({
      ...outgoing,
      ...split,
      origLegCallIdentifier: 201,
      destLegIdentifier: 202,
      clientMatterCode: '4711',
    });
    const on = row({
      origLegCallIdentifier: 202,
      destLegIdentifier: 203,
      callingPartyNumber: '0915550142',
      origDeviceName: GATEWAY,
      callingPartyNumberPartition: '',
      dateTimeOrigination: NOW + 65,
      duration: 40,
    });
    expect(callsOf(header() + out + on)).toMatchObject([
      {
        direction: 'outgoing',
        talkSeconds: 100,
        code: '4711',
        outsideNumber: '0915550142',
        record: { extension: '2001' },
      },
    ]);
  });

  it('stay two calls over two lines, also in one conference', () => {
    const conference = { globalCallID_callId: 5000, destConversationId: 900, destDeviceName: 'CFB_2' } as const;
    const guests = [301, 302].map((leg) => row({ ...incoming, ...conference, origLegCallIdentifier: leg }));
    expect(callsOf(header() + guests.join(''))).toMatchObject([{ talkSeconds: 60 }, { talkSeconds: 60 }]);
    const [guest = ''] = guests;
    const host = row({ ...conference, origLegCallIdentifier: 303 });
    expect(callsOf(header() + guest + host)).toMatchObject([
      { direction: 'incoming', talkSeconds: 60, legs: [{}, {}] },
    ]);
  });

  it('of a conference inside count the time once', () => {
    const conference = { globalCallID_callId: 6000, destDeviceName: 'CFB_2' } as const;
    const rows = [0, 20, 90].map((later, i) =>
      row({ ...conference, origLegCallIdentifier: 601 + i, dateTimeOrigination: NOW + later }),
    );
    expect(callsOf(header() + rows.join(''))).toMatchObject([
      { direction: 'internal', talkSeconds: 140, legs: [{}, {}, {}] },
    ]);
  });

  it('of the recorder belong to the call they record', () => {
    const call = row({ origLegCallIdentifier: 401, destLegIdentifier: 402 });
    const recorder = row({
      callingPartyNumber: 'b002179144511001',
      originalCalledPartyNumber: '5555550181',
      destDeviceName: 'SIP-Recorder',
      joinOnBehalfOf: 27,
      lastRedirectRedirectReason: 354,
      origConversationId: 401,
      duration: 60,
    });
    for (const text of [call + recorder, recorder + call]) {
      const calls = callsOf(header() + text);
      expect(calls).toHaveLength(1);
      expect(calls[0]).toMatchObject({ direction: 'internal', talkSeconds: 60, legs: [{}, {}] });
    }
    expect(callsOf(header() + recorder)).toMatchObject([
      { direction: 'none', talkSeconds: 0, doubts: ['leg-missing'] },
    ]);
  });

  it('pay for the number reached where a telephone forwards outside', () => {
    const forwarded = {
      originalCalledPartyNumber: '2002',
      finalCalledPartyNumber: '0915550142',
      lastRedirectDn: '2002',
    };
    const inside = callsOf(header() + row({ ...forwarded, destDeviceName: GATEWAY, destLegIdentifier: 502 }));
    expect(inside).toMatchObject([
      { direction: 'outgoing', outsideNumber: '0915550142', record: { dialedNumber: '2002' } },
    ]);
    const tandem = callsOf(
      header() + row({ ...incoming, ...forwarded, destDeviceName: GATEWAY, destLegIdentifier: 503 }),
    );
    expect(tandem).toMatchObject([{ direction: 'tandem', outsideNumber: '0915550142', record: { extension: '2002' } }]);
  });

  it('book the code that the site chooses', () => {
    const text = header() + row({ ...outgoing, authorizationCodeValue: '4711', clientMatterCode: '11111' });
    expect(callsOf(text)).toMatchObject([{ code: '4711', codeField: 'authorization' }]);
    expect(callsOf(text, { codeSource: 'account' })).toMatchObject([{ code: '11111', codeField: 'account' }]);
  });
});
