import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssembledCall } from '../../core/model/call.ts';
import { createAssembler } from '../../parsers/assembler.ts';
import { ciscoIos } from '../../parsers/cisco/ios.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import type { FormatOptions } from '../../parsers/types.ts';

const DATE = 'UTC Mon Nov 23 2026';
const leg: Readonly<Record<string, string>> = {
  CallLegType: '1',
  ConnectionId: 'BA55719E F8C10015 0 1B1E08',
  SetupTime: `09:00:00.367 ${DATE}`,
  PeerAddress: '6857',
  PeerSubAddress: '',
  DisconnectCause: '10  ',
  DisconnectText: 'normal call clearing (16)',
  ConnectTime: `09:00:10.707 ${DATE}`,
  DisconnectTime: `09:01:10.867 ${DATE}`,
  CallOrigin: '2',
  ChargedUnits: '0',
  InfoType: '2',
  TransmitPackets: '1509',
  TransmitBytes: '102600',
  ReceivePackets: '1510',
  ReceiveBytes: '138920',
};
const PREFIX = '<189>77: GW1: Nov 23 09:01:10.867: ';
const text = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
const message = (changed: Readonly<Record<string, string>> = {}, prefix = PREFIX): string =>
  `${prefix}%VOIPAAA-5-VOIP_CALL_HISTORY: ${text({ ...leg, ...changed })}\n`;
const out = (changed: Readonly<Record<string, string>> = {}): string =>
  message({ CallLegType: '2', CallOrigin: '1', PeerAddress: '0915550142', ...changed });
const feature = (body: string): string => `${PREFIX}%VOIPAAA-5-VOIP_FEAT_HISTORY: FEAT_VSA=${body}\n`;

const outcomes = (lines: string) => parseText(ciscoIos, {}, lines).map(({ outcome }) => outcome);
const record = (line: string) => {
  const [outcome] = outcomes(line);
  return outcome?.kind === 'call' || outcome?.kind === 'part' ? outcome.record : outcome;
};

function callsOf(lines: string, options: FormatOptions = {}): AssembledCall[] {
  const assembler = createAssembler(ciscoIos, options);
  const calls = new Map<number, AssembledCall>();
  for (const { outcome, offset, length } of parseText(ciscoIos, options, lines)) {
    if (outcome.kind !== 'call' && outcome.kind !== 'part') continue;
    const { record, doubts = [] } = outcome;
    const entry = { record, part: outcome.kind === 'part', doubts, sourceOffset: offset, byteLength: length };
    const step = assembler.push(entry, undefined);
    calls.set(step.firstOffset, step.call);
  }
  return [...calls.values()];
}

describe('a leg in syslog', () => {
  const expected = {
    start: '2026-11-23T09:00:00',
    answer: '2026-11-23T09:00:10',
    end: '2026-11-23T09:01:10',
    durationSeconds: 60,
    callerNumber: '6857',
    answered: true,
    conditionCode: '10',
    callId: 'BA55719EF8C1001501B1E08',
  };

  it('may stand behind anything, in any order of its attributes', () => {
    expect(record(message())).toMatchObject(expected);
    for (const prefix of ['', 'Nov 23 16:01:10 10.1.1.1 12: ', '2026-11-23T09:01:10Z gw1 12: .Nov 23 09:01:10: ']) {
      expect(record(message({}, prefix))).toMatchObject(expected);
    }
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.keys(leg), { minLength: Object.keys(leg).length }), (keys) => {
        const shuffled = Object.fromEntries(keys.map((key) => [key, leg[key] ?? '']));
        expect(record(`%VOIPAAA-5-VOIP_CALL_HISTORY: ${text(shuffled)}\n`)).toMatchObject(expected);
      }),
    );
  });

  it('keeps commas in its text, and attributes of later releases out of the others', () => {
    expect(record(message({ DisconnectText: 'user busy, try later (17)', DisconnectCause: '11' }))).toMatchObject({
      conditionCode: '11',
      extra: { disconnectText: 'user busy, try later (17)' },
    });
    expect(record(message({ ReceiveBytes: '138920, CallDuration 60, Codec g711' }))).toMatchObject(expected);
  });

  it('was not answered where it never connected', () => {
    for (const ConnectTime of [leg['DisconnectTime'] ?? '', '']) {
      const lost = record(message({ ConnectTime, DisconnectCause: '13' }));
      expect(lost).toMatchObject({ answered: false, durationSeconds: 0, conditionCode: '13' });
      expect(lost).not.toHaveProperty('answer');
    }
  });

  it('says when its clock follows no server, and has no time when the router knows none', () => {
    const stars = { SetupTime: `*09:00:00.367 ${DATE}`, ConnectTime: `*09:00:10.707 ${DATE}` };
    expect(record(message(stars))).toMatchObject({ start: '2026-11-23T09:00:00', extra: { clock: 'unsynchronized' } });
    const [none] = outcomes(message({ SetupTime: '', ConnectTime: '', DisconnectTime: '' }));
    expect(none).toMatchObject({ kind: 'call', doubts: ['date-from-arrival'] });
    expect(none?.kind === 'call' && none.record).not.toHaveProperty('answered');
  });

  it('is not made up from a message that was cut, nor from others', () => {
    expect(outcomes(message().slice(0, 200)).map(({ kind }) => kind)).toEqual(['incomplete']);
    expect(outcomes(message({ CallOrigin: '7' })).map(({ kind }) => kind)).toEqual(['malformed']);
    expect(outcomes(`${PREFIX}%LINK-3-UPDOWN: Interface up\nhello\n`)).toMatchObject([
      { kind: 'noise', rule: 'other-message' },
      { kind: 'malformed', reason: 'unknown-line' },
    ]);
  });

  it('that was cut leaves the next one whole', () => {
    const kinds = outcomes(`${message().slice(0, 200)}\n${message()}`).map(({ kind }) => kind);
    expect(kinds).toEqual(['incomplete', 'call']);
  });
});

describe('legs of one connection', () => {
  const whole = { direction: 'outgoing', answered: true, talkSeconds: 60, outsideNumber: '0915550142' };

  it('are one call, whichever comes first, also when UDP doubles one', () => {
    for (const lines of [message() + out(), out() + message(), message() + out() + out() + message()]) {
      expect(callsOf(lines)).toMatchObject([
        {
          ...whole,
          doubts: ['direction-guessed'],
          legs: [{}, {}],
          record: { callerNumber: '6857', extension: '6857' },
        },
      ]);
    }
  });

  it('are marked when one was lost', () => {
    expect(callsOf(out())[0]?.doubts).toEqual(['leg-missing', 'direction-guessed']);
  });

  it('tell the direction by the lengths of the numbers', () => {
    const numbers = (caller: string, called: string) =>
      callsOf(message({ PeerAddress: caller }) + out({ PeerAddress: called })).map(({ direction }) => direction);
    expect(numbers('0915550142', '6857')).toEqual(['incoming']);
    expect(numbers('6857', '6858')).toEqual(['internal']);
    expect(numbers('0915550142', '0915550143')).toEqual(['tandem']);
    expect(callsOf(message({ PeerAddress: '68571234' }) + out(), { extensionDigits: '8' })).toMatchObject([whole]);
  });

  it('take the answered one of several that went out', () => {
    const busy = out({ ConnectTime: leg['DisconnectTime'] ?? '', DisconnectCause: '11', PeerAddress: '0915550199' });
    expect(callsOf(message() + busy + out())).toMatchObject([whole]);
  });

  it('stay apart from other connections', () => {
    expect(callsOf(message() + out({ ConnectionId: 'BA55719F F8C10015 0 1B1E08' }))).toHaveLength(2);
  });

  it('learn of a feature, which alone is no call', () => {
    const transfer = 'fn:BXFER,ft:11/23/2026 09:00:30.000,fcid:BA55719EF8C1001501B1E08,cgn:6857,cdn:0915550142';
    expect(callsOf(message() + feature(transfer) + out())).toMatchObject([{ ...whole, record: { transferred: true } }]);
    expect(callsOf(feature(transfer))).toMatchObject([{ direction: 'none', answered: false, talkSeconds: 0 }]);
    expect(record(feature(transfer))).toMatchObject({ start: '2026-11-23T09:00:30', conditionCode: 'BXFER' });
    expect(outcomes(feature('ft:11/23/2026 09:00:30.000'))[0]).toMatchObject({
      kind: 'malformed',
      reason: 'bad-event',
    });
  });
});
