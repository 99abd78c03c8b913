import { describe, expect, it } from 'vitest';
import { type Cdr, callsOfAmi, callsOfCsv } from './asterisk-cdr-writer.ts';

/** What an outside call must be booked as. */
interface Truth {
  readonly code: string | undefined;
  readonly number: string;
  readonly extension: string;
  readonly trunk: string;
  readonly talkSeconds: number;
}

/** Numbers from 0 up to `below`, the same for the same seed (linear congruential, Numerical Recipes constants). */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const CODES = ['0042', '7', '1207', '88', '311'];

/** A day on one Asterisk: calls by codes from any telephone, with every odd record that was seen on real ones. */
function dayOf(seed: number, count: number) {
  const upTo = numbersFrom(seed);
  const records: Cdr[] = [];
  const truth: Truth[] = [];
  let serial = 0;
  let channel = 0;
  const named = (device: string): string => `${device}-${(++channel).toString(16).padStart(8, '0')}`;

  for (let n = 0; n < count; n++) {
    const at = n * 20 + upTo(20);
    const extension = String(101 + upTo(20));
    const dialled = `09${String(10000000 + upTo(89999999))}`;
    const dst = `9${dialled}`;
    const code = CODES[upTo(CODES.length)] ?? '';
    const id = ++serial;
    const phone = named(`PJSIP/${extension}`);
    const line = named('PJSIP/line1');
    const talk = 20 + upTo(400);
    const common = { src: extension, dst, channel: phone, id, born: at, linked: id, start: at };
    const over = (to: string) => ({ to, data: `PJSIP/${dialled}@${to.slice(6, 11)},60` });
    const prompt = { ...common, account: code, answer: at };
    const hungUp = { app: 'Hangup', data: '' };
    const booked = (trunk: string, talkSeconds: number, isKeyed = true): void => {
      truth.push({ code: isKeyed ? code : undefined, number: dst, extension, trunk, talkSeconds });
    };

    switch (upTo(12)) {
      case 0:
      case 1:
        records.push({ ...prompt, ...over(line), end: at + talk });
        booked('PJSIP/line1', talk);
        break;
      case 2:
        records.push({ ...common, ...over(line), dst: `*55*${code}*${dst}`, answer: at + 9, end: at + 9 + talk });
        booked('PJSIP/line1', talk);
        break;
      case 3:
        records.push({ ...common, ...hungUp, answer: at, end: at + 4 });
        break;
      case 4: {
        const disposition = upTo(2) === 0 ? 'BUSY' : 'NO ANSWER';
        records.push({ ...prompt, ...over(line), end: at + 30, disposition });
        records.push({ ...prompt, ...hungUp, start: at + 30, answer: at + 30, end: at + 30 });
        booked('PJSIP/line1', 0);
        break;
      }
      case 5: {
        const second = named('PJSIP/line2');
        records.push({ ...prompt, ...over(line), end: at + 7, disposition: 'CONGESTION' });
        records.push({ ...prompt, ...over(second), start: at + 7, answer: at + 7, end: at + 7 + talk });
        booked('PJSIP/line2', talk);
        break;
      }
      case 6: {
        const taker = upTo(4);
        for (const [index, member] of ['101', '102', '103'].entries()) {
          records.push({
            ...common,
            src: dialled,
            dst: '600',
            context: 'from-trunk',
            channel: line,
            to: named(`PJSIP/${member}`),
            data: 'PJSIP/101&PJSIP/102&PJSIP/103,20',
            ...(index === taker ? { answer: at + 6 } : {}),
            end: at + (index === taker ? 6 + talk : 6),
          });
        }
        break;
      }
      case 7: {
        const lineId = ++serial;
        records.push({ ...prompt, ...over(line), end: at + 60 });
        records.push({
          account: code,
          src: dialled,
          dst: '112',
          channel: line,
          to: named('PJSIP/112'),
          data: 'PJSIP/112,30',
          start: at + 60,
          answer: at + 60,
          end: at + 60 + talk,
          id: lineId,
          born: at + 4,
          linked: id,
        });
        booked('PJSIP/line1', 60 + talk);
        break;
      }
      case 8:
        records.push({ ...common, ...hungUp, dst: `*55*999${n % 10}*${dst}`, end: at + 1 });
        break;
      case 9:
        records.push({
          ...common,
          dst: '112',
          to: named('PJSIP/112'),
          data: 'PJSIP/112,30',
          answer: at + 5,
          end: at + 5 + talk,
        });
        break;
      case 10:
        records.push({ ...common, ...over(line), account: `EXT${extension}`, answer: at + 8, end: at + 8 + talk });
        booked('PJSIP/line1', talk, false);
        break;
      default:
        records.push({ ...common, ...over(line), account: code, end: at + 25 });
        records.push({
          ...common,
          src: dst,
          dst: '',
          channel: line,
          app: 'AppDial',
          data: '(Outgoing Line)',
          end: at + 25,
          id: ++serial,
        });
        booked('PJSIP/line1', 0);
    }
  }
  // Records are written at hang-up, and not strictly in that order.
  const written = records
    .map((cdr) => ({ cdr, at: cdr.end + upTo(4) - 2 }))
    .sort((a, b) => a.at - b.at)
    .map(({ cdr }) => cdr);
  return { written, truth };
}

const byNumber = (a: { readonly number: string | undefined }, b: { readonly number: string | undefined }): number =>
  (a.number ?? '') < (b.number ?? '') ? -1 : 1;

describe('a day of 240 calls by codes from any telephone', () => {
  it.each([
    [16, 'Master.csv', callsOfCsv],
    [22, 'Master.csv', callsOfCsv],
    [16, 'the manager stream', callsOfAmi],
    [22, 'the manager stream', callsOfAmi],
  ] as const)('is booked to the right codes, seed %i, from %s', (seed, _source, read) => {
    const { written, truth } = dayOf(seed, 240);
    const outside = read(written)
      .filter((call) => call.direction === 'outgoing' || call.direction === 'tandem')
      .map((call) => ({
        code: call.code,
        number: call.outsideNumber,
        extension: call.record.extension,
        trunk: call.record.trunk,
        talkSeconds: call.talkSeconds,
      }));
    expect(truth.length).toBeGreaterThan(100);
    expect(outside.sort(byNumber)).toEqual([...truth].sort(byNumber));
  });
});
