import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asteriskAmi } from '../../parsers/asterisk/asterisk-ami.ts';
import { asteriskCsv } from '../../parsers/asterisk/asterisk-csv.ts';
import { asteriskCustom } from '../../parsers/asterisk/asterisk-custom.ts';
import { splitCsvRecord } from '../../parsers/asterisk/csv-line.ts';
import { asteriskUtcOffsetMinutes } from '../../parsers/asterisk/utc-offset.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import type { FormatDefinition, FormatOptions, ParseOutcome } from '../../parsers/types.ts';
import { amiEvent, type Cdr, csvLine } from './asterisk-cdr-writer.ts';

const cdr: Cdr = {
  account: '0042',
  src: '110',
  dst: '90912345678',
  channel: 'PJSIP/110-00000001',
  to: 'PJSIP/line1-00000002',
  data: 'PJSIP/0912345678@line1,60',
  start: 0,
  answer: 4,
  end: 95,
  id: 1,
};
const LINE = csvLine(cdr).trimEnd();

function parse(format: FormatDefinition, text: string, options: FormatOptions = {}): ParseOutcome {
  return format.create(options).parse(text, {});
}

function recordOf(outcome: ParseOutcome) {
  if (outcome.kind !== 'call') throw new Error(JSON.stringify(outcome));
  return outcome.record;
}

const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

describe('a line of Master.csv', () => {
  it('is read with all that assembly needs', () => {
    expect(recordOf(parse(asteriskCsv, LINE))).toEqual({
      start: '2026-11-16T09:00:00',
      answer: '2026-11-16T09:00:04',
      end: '2026-11-16T09:01:35',
      startOrEnd: 'start',
      durationSeconds: 91,
      callerNumber: '110',
      dialedNumber: '90912345678',
      callerName: '110',
      accountCode: '0042',
      conditionCode: 'ANSWERED',
      answered: true,
      callId: '1794794400.1',
      extra: {
        dcontext: 'phones',
        clid: '"110" <110>',
        channel: 'PJSIP/110-00000001',
        dstchannel: 'PJSIP/line1-00000002',
        lastapp: 'Dial',
        lastdata: 'PJSIP/0912345678@line1,60',
        duration: '95',
        amaflags: 'DOCUMENTATION',
      },
    });
  });

  it('tells the columns behind the sixteenth by their count and shape', () => {
    const sixteen = LINE.split(',').slice(0, -2).join(',');
    const extras = (tail: string) => {
      const { callId, linkedId, extra } = recordOf(parse(asteriskCsv, `${sixteen}${tail}`));
      return { callId, linkedId, userfield: extra?.['userfield'], sequence: extra?.['sequence'] };
    };
    const none = { callId: undefined, linkedId: undefined, userfield: undefined, sequence: undefined };
    expect(extras('')).toEqual(none);
    expect(extras(',"1794794400.1"')).toEqual({ ...none, callId: '1794794400.1' });
    expect(extras(',"pbx2-1794794400.1"')).toEqual({ ...none, callId: 'pbx2-1794794400.1' });
    expect(extras(',"note"')).toEqual({ ...none, userfield: 'note' });
    expect(extras(',"","1794794399.9",12')).toEqual({ ...none, linkedId: '1794794399.9', sequence: '12' });
    expect(extras(',"1794794400.1","","1794794399.9",12')).toEqual({
      ...none,
      callId: '1794794400.1',
      linkedId: '1794794399.9',
      sequence: '12',
    });
    expect(extras(',"note","","1794794399.9",12')).toMatchObject({ userfield: 'note', linkedId: '1794794399.9' });
    expect(extras(',"1794794400.1","note","","1794794399.9",12')).toMatchObject({ userfield: 'note', sequence: '12' });
  });

  it('takes numbers and empty times quoted or bare', () => {
    const quoted = LINE.replace(',95,91,', ',"95","91",').replace('"2026-11-16 09:00:04"', '""');
    expect(recordOf(parse(asteriskCsv, quoted))).toMatchObject({ durationSeconds: 91 });
    expect(recordOf(parse(asteriskCsv, LINE.replace('"2026-11-16 09:00:04"', ''))).answer).toBeUndefined();
  });

  it('takes a time of zeros for a missing one, except at the start', () => {
    const never = recordOf(parse(asteriskCsv, LINE.replace('2026-11-16 09:00:04', '0000-00-00 00:00:00')));
    expect(never).toMatchObject({ start: '2026-11-16T09:00:00', end: '2026-11-16T09:01:35' });
    expect(never.answer).toBeUndefined();
    expect(parse(asteriskCsv, LINE.replace('2026-11-16 09:00:00', '0000-00-00 00:00:00'))).toMatchObject({
      doubts: ['date-impossible'],
    });
  });

  it('may have blanks at its end', () => {
    expect(recordOf(parse(asteriskCsv, `${LINE} \t`))).toEqual(recordOf(parse(asteriskCsv, LINE)));
  });

  it('reads names in UTF-8, else byte for byte, else as the site says', () => {
    const named = (name: string) => LINE.replace('""110""', `""${name}""`);
    expect(recordOf(parse(asteriskCsv, named(latin1('Hoà')))).callerName).toBe('Hoà');
    expect(recordOf(parse(asteriskCsv, named('Jos\xe9'))).callerName).toBe('José');
    expect(recordOf(parse(asteriskCsv, named('\xc8\xe2\xe0\xed'), { encoding: 'windows-1251' })).callerName).toBe(
      'Иван',
    );
  });

  it('is malformed when its columns are not what they must be', () => {
    const reason = (text: string) => {
      const outcome = parse(asteriskCsv, text);
      return outcome.kind === 'malformed' ? outcome.reason : outcome.kind;
    };
    expect(reason('"a","b"')).toBe('column-count');
    expect(reason(LINE.replace('ANSWERED', 'ANSWERER'))).toBe('bad-disposition');
    expect(reason(LINE.replace(',91,', ',9x,'))).toBe('bad-number');
    expect(reason(LINE.replace('09:00:00"', '09.00.00"'))).toBe('bad-time');
    expect(reason(LINE.replace('"110"', '"110'))).toBe('broken-quotes');
    expect(reason(' ')).toBe('noise');
  });

  it('keeps a record with an impossible date and says so', () => {
    const outcome = parse(asteriskCsv, LINE.replace('"2026-11-16 09:00:00"', '"2026-02-30 09:00:00"'));
    expect(outcome).toMatchObject({ kind: 'call', doubts: ['date-impossible'] });
    expect(recordOf(outcome).start).toBeUndefined();
  });

  it('may hold a line end inside quotes', () => {
    const text = `${LINE.slice(0, -2)}"first\nsecond"\n${LINE}\n`;
    const outcomes = parseText(asteriskCsv, {}, text).map(({ outcome }) => outcome);
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['call', 'call']);
    expect(recordOf(outcomes[0] as ParseOutcome).extra?.['userfield']).toBe('first\nsecond');
  });

  it('whose quote never closes costs no other record', () => {
    const text = `${LINE}\n${LINE.slice(0, -1)}\n${`${LINE}\n`.repeat(20)}`;
    const kinds = parseText(asteriskCsv, {}, text).map(({ outcome }) => outcome.kind);
    expect(kinds).toEqual(['call', 'malformed', ...Array.from({ length: 20 }, () => 'call')]);
  });

  it('never throws and is never taken for a call when it is cut', () => {
    for (let length = 0; length < LINE.length - 24; length++) {
      expect(parse(asteriskCsv, LINE.slice(0, length)).kind).not.toBe('call');
    }
  });
});

describe('CSV fields', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (fields) => {
        const text = fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',');
        expect(splitCsvRecord(text)).toEqual(fields);
      }),
    );
  });

  it('are refused where quotes do not pair up', () => {
    for (const text of ['"a', '"a"b', 'a"b', '"a","b', 'a\nb']) expect(splitCsvRecord(text)).toBeUndefined();
    expect(splitCsvRecord('')).toEqual(['']);
    expect(splitCsvRecord('a,,"b",')).toEqual(['a', '', 'b', '']);
  });
});

describe('a custom mapping', () => {
  const shipped =
    '"""Hoa"" <110>","110","0912345678","phones","PJSIP/110-1","PJSIP/line1-2","Dial","PJSIP/line1/0912345678","2026-11-16 09:00:00","2026-11-16 09:00:04","2026-11-16 09:01:35","95","91","ANSWERED","DOCUMENTATION","0042","1794794400.1",""';

  it('is read as shipped, with what sites append', () => {
    expect(recordOf(parse(asteriskCustom, shipped))).toMatchObject({ accountCode: '0042', callId: '1794794400.1' });
    expect(recordOf(parse(asteriskCustom, `${shipped},"1794794399.9","7"`))).toMatchObject({
      linkedId: '1794794399.9',
      extra: { sequence: '7' },
    });
  });

  it('of an Asterisk that leaves the quotes of the caller id as they are reads the same', () => {
    const old = shipped.replace('"""Hoa"" <110>"', '""Hoa" <110>"');
    expect(old).not.toBe(shipped);
    expect(recordOf(parse(asteriskCustom, old))).toEqual(recordOf(parse(asteriskCustom, shipped)));
    expect(parse(asteriskCustom, old.slice(0, -4)).kind).toBe('malformed');
  });

  it('is read in the order the site names', () => {
    const text = '"0042","x","2026-11-16 09:00:00","91","95","ANSWERED","110"';
    const options = { columns: 'accountcode, -, start, billsec, duration, disposition, src' };
    expect(recordOf(parse(asteriskCustom, text, options))).toMatchObject({ accountCode: '0042', callerNumber: '110' });
    expect(parse(asteriskCustom, `${text},""`, options).kind).toBe('malformed');
  });

  it('is not mistaken for Master.csv, nor Master.csv for it', () => {
    expect(parse(asteriskCsv, shipped).kind).toBe('malformed');
    expect(parse(asteriskCustom, LINE).kind).toBe('malformed');
  });
});

describe('a manager stream', () => {
  const kinds = (text: string) =>
    parseText(asteriskAmi, {}, text).map(({ outcome }) => (outcome.kind === 'noise' ? outcome.rule : outcome.kind));

  it('gives the same record as Master.csv', () => {
    const { extra: ofEvent, ...event } = recordOf(parse(asteriskAmi, amiEvent(cdr).trimEnd()));
    const { extra: ofLine, ...line } = recordOf(parse(asteriskCsv, LINE));
    expect(event).toEqual(line);
    expect(ofEvent).toEqual(ofLine);
  });

  it('names everything that is no call', () => {
    const banner = 'Asterisk Call Manager/9.0.0\r\n';
    const login = 'Response: Success\r\nMessage: Authentication accepted\r\n\r\n';
    const other = 'Event: Newchannel\r\nChannel: SIP/1-1\r\n\r\n';
    expect(kinds(`${banner}${login}${other}${amiEvent(cdr)}`)).toEqual(['response', 'other-event', 'call']);
    expect(kinds(`${banner}\r\n`)).toEqual(['banner']);
    expect(kinds(`${banner}${amiEvent(cdr)}`)).toEqual(['call']);
    expect(kinds('Action: Login\r\nUsername: u\r\n\r\n')).toEqual(['action']);
    expect(kinds('GET / HTTP/1.1\r\nHost: pbx\r\n\r\n')).toEqual(['malformed']);
  });

  it('reads keys in any case and order, and keeps what mappings add', () => {
    const lines = amiEvent(cdr)
      .trimEnd()
      .split('\r\n')
      .map((line) => line.replace(/^[^:]+/, (key) => key.toUpperCase()));
    const shuffled = [...lines.slice(5), ...lines.slice(0, 5), 'LinkedID: 1794794399.9', 'Recordingfile: a:b.wav'];
    expect(recordOf(parse(asteriskAmi, shuffled.join('\n')))).toMatchObject({
      accountCode: '0042',
      linkedId: '1794794399.9',
      extra: { recordingfile: 'a:b.wav' },
    });
  });

  it('does not make one call of two events whose empty line was lost', () => {
    expect(kinds(`${amiEvent(cdr).trimEnd()}\r\n${amiEvent(cdr)}`)).toEqual(['malformed']);
  });
});

describe('the zone of the file', () => {
  const record = (start: string, callId?: string) => ({ start, ...(callId === undefined ? {} : { callId }) });

  it('is the printed start against the epoch in the uniqueid', () => {
    expect(asteriskUtcOffsetMinutes(record('2018-09-07T11:05:01', '1536293101.12458'))).toBe(420);
    expect(asteriskUtcOffsetMinutes(record('2018-09-07T04:05:02', '1536293101.12458'))).toBe(0);
    expect(asteriskUtcOffsetMinutes(record('2018-09-07T09:50:01', 'pbx-1536293101.12458'))).toBe(345);
  });

  it('is not told by a later record of the channel, nor without a uniqueid', () => {
    expect(asteriskUtcOffsetMinutes(record('2018-09-07T11:05:10', '1536293101.12458'))).toBeUndefined();
    expect(asteriskUtcOffsetMinutes(record('2018-09-07T11:05:01'))).toBeUndefined();
    expect(asteriskUtcOffsetMinutes({ callId: '1536293101.12458' })).toBeUndefined();
  });
});
