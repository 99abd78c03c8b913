import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detect } from '../../parsers/detect.ts';
import { formats } from '../../parsers/registry.ts';
import { callOf, callsOf, outcomesOf, recordOf } from './pbx-reading.ts';

const FS = 'freeswitch-csv';
const [A, B] = ['a5c9f6c0-e752-11e3-8bfb-65b6c3cdac7d', 'b5c9f6c0-e752-11e3-8bfb-65b6c3cdac7d'];
const line = (uuid: string, other: string, code: string, name = 'An') =>
  `"${name}","1001","0912004711","default","2026-11-20 09:15:02","2026-11-20 09:15:14","2026-11-20 09:16:20","78","66","NORMAL_CLEARING","${uuid}","${other}","${code}","PCMA","PCMA"\n`;

describe('a FreeSWITCH line', () => {
  it('reads every shipped template by itself, as when the template is named', () => {
    const example = line(A, B, '40718');
    const builtIn = example.replace(',"40718","PCMA","PCMA"', ', "40718"');
    const linksys = example.replace(/\n/, ',"Linksys/SPA942, 6.1","PS=1"\n');
    const snom = example.replace(/\n/, ',"snom370","77","","","/tmp/a.wav"\n');
    const sql = `INSERT INTO cdr VALUES (${builtIn.trim().replace(', "', ',"')});\n`.replace('"78","66"', '78,66');
    for (const [template, text] of Object.entries({ example, 'built-in': builtIn, linksys, snom, sql })) {
      const record = recordOf(FS, text);
      expect(record, template).toMatchObject({ durationSeconds: 66, accountCode: '40718', callId: A, answered: true });
      expect(recordOf(FS, text, { template }), template).toEqual(record);
    }
  });

  it('keeps names with quotes, also with one that looks like the end of a field', () => {
    for (const name of ['O"Neill', 'Mai Hà', '"An"', 'An","Hoa', 'An","1","2']) {
      expect(recordOf(FS, line(A, '', '', name))).toMatchObject({ callerName: name, callerNumber: '1001', callId: A });
    }
  });

  it('is unanswered without an answer time, whatever the cause says', () => {
    const record = recordOf(FS, line(A, '', '').replace('"2026-11-20 09:15:14"', '""').replace('"66"', '"0"'));
    expect(record).toMatchObject({ answered: false, conditionCode: 'NORMAL_CLEARING' });
    expect(record).not.toHaveProperty('answer');
  });

  it('is refused when it is cut short or its times are none', () => {
    const whole = line(A, B, '1');
    const kinds = [whole.slice(0, 60), whole.slice(0, -20), whole.replace('09:15:02', '9:15:02')].map(
      (text) => outcomesOf(FS, `${text.trim()}\n`)[0]?.kind,
    );
    expect(kinds).toEqual(['malformed', 'malformed', 'malformed']);
  });
});

describe('a Master.csv', () => {
  const masterOf = (family: string, name: string): string =>
    readFileSync(`parsers/${family}/samples/${name}.raw`, 'latin1');

  it('of Asterisk is told from one of FreeSWITCH, and the other way round', () => {
    const asterisk = detect(masterOf('asterisk', 'csv-18-ivr-relays-and-tie-lines'), formats);
    expect(asterisk).toMatchObject({ isSure: true, candidates: [{ formatId: 'asterisk-csv' }] });
    const freeswitch = detect(masterOf('freeswitch', 'example-15-unanswered'), formats);
    expect(freeswitch).toMatchObject({ isSure: true, candidates: [{ formatId: FS }] });
  });

  it('of Asterisk is refused even where a template of FreeSWITCH is named', () => {
    const lines = masterOf('asterisk', 'csv-18-ivr-relays-and-tie-lines');
    for (const template of ['built-in', 'example', 'asterisk']) {
      expect(outcomesOf(FS, lines, { template }).map(({ kind }) => kind)).not.toContain('call');
    }
  });
});

describe('FreeSWITCH calls', () => {
  it('are the caller’s line when both legs are written, in either order', () => {
    const [a, b] = [line(A, B, '40718'), line(B, '', '').replace('"78","66"', '"70","60"')];
    for (const text of [a + b, b + a]) {
      expect(callOf(FS, text)).toMatchObject({
        direction: 'outgoing',
        answered: true,
        talkSeconds: 66,
        ringSeconds: 12,
        code: '40718',
        codeField: 'account',
        outsideNumber: '0912004711',
        record: { extension: '1001' },
      });
    }
    expect(callsOf(FS, a + line(B.replace('b5', 'c5'), '', ''))).toHaveLength(2);
  });

  it('come from outside in the context public, and from an extension otherwise; both are marked as concluded', () => {
    const text = line(A, '', '').replace('"1001","0912004711","default"', '"0243004711","1002","public"');
    expect(callOf(FS, text)).toMatchObject({
      direction: 'incoming',
      outsideNumber: '0243004711',
      record: { extension: '1002' },
      doubts: ['direction-guessed'],
    });
    const did = line(A, B, '').replace('"1001","0912004711","default"', '"0243004711","02430001000","public"');
    const second = line(B, '', '').replace('"1001","0912004711"', '"0243004711","1002"');
    expect(callOf(FS, did).record).not.toHaveProperty('extension');
    expect(callOf(FS, second + did)).toMatchObject({ direction: 'incoming', record: { extension: '1002' } });
    expect(callOf(FS, line(A, '', '').replace('0912004711', '1002')).direction).toBe('internal');
    const named = text.replace('"public"', '"carrier-in"');
    expect(callOf(FS, named, { outsideContexts: '^carrier' }).direction).toBe('incoming');
  });
});
