import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findSerialFault,
  type SerialSettings,
  settingsToTry,
  withoutFault,
} from '../../parsers/detection/serial-line.ts';
import { allSamples } from './sample-folder.ts';
import { readBits, sentBits } from './uart.ts';

const PLAIN: SerialSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 };
const pages = allSamples()
  .filter(({ raw }) => raw.length > 300 && /^[\x09-\x0d\x20-\x7e]*$/.test(raw))
  .map(({ raw }) => raw.slice(0, 2000));
const page = fc.constantFrom(...pages);
const idle = fc.integer({ min: 0, max: 6 });

const read = (raw: string, sent: SerialSettings, port: SerialSettings, idleBits = 3): string =>
  readBits(sentBits(raw, sent, idleBits), sent, port, true);

describe('a serial port with wrong settings', () => {
  it('is no concern while the settings are right', () => {
    fc.assert(
      fc.property(page, idle, (raw, idleBits) => {
        expect(read(raw, PLAIN, PLAIN, idleBits)).toBe(raw);
        expect(findSerialFault(raw)).toBeUndefined();
      }),
    );
  });

  it.each(['even', 'odd'] as const)('is told by the parity bit when 7 bits with %s parity are read as 8', (parity) => {
    fc.assert(
      fc.property(page, idle, (raw, idleBits) => {
        const got = read(raw, { ...PLAIN, dataBits: 7, parity }, PLAIN, idleBits);
        const fault = findSerialFault(got);
        expect(fault).toEqual({ kind: 'parity-in-data', parity });
        if (fault === undefined) return;
        expect(settingsToTry(fault, PLAIN)).toEqual([{ ...PLAIN, dataBits: 7, parity }]);
        expect(withoutFault(got, fault)).toBe(raw);
      }),
    );
  });

  it('is told by bit 7 that is always set when there are two stop bits', () => {
    const got = read(pages[0] ?? '', { ...PLAIN, dataBits: 7, stopBits: 2 }, PLAIN);
    expect(findSerialFault(got)).toEqual({ kind: 'parity-in-data', parity: 'mark' });
  });

  it.each([2, 4, 8])('is told by stretched bits when the port is %i times too fast', (factor) => {
    fc.assert(
      fc.property(page, idle, (raw, idleBits) => {
        const sent = { ...PLAIN, baudRate: PLAIN.baudRate / factor };
        const fault = findSerialFault(readBits(sentBits(raw, sent, idleBits), sent, PLAIN));
        expect(fault).toEqual({ kind: 'too-fast', factor });
        if (fault !== undefined) expect(settingsToTry(fault, PLAIN)[0]).toEqual(sent);
      }),
    );
  });

  it('is told to be no text when the port is too slow, and the true speed is among those to try first', () => {
    const faults = pages.flatMap((raw) => {
      const sent = { ...PLAIN, baudRate: PLAIN.baudRate * 2 };
      const got = readBits(sentBits(raw, sent, 0), sent, PLAIN);
      return got.length < 200 ? [] : [findSerialFault(got)];
    });
    expect(faults.length).toBeGreaterThan(20);
    const known = faults.filter((fault) => fault !== undefined);
    expect(known.length).toBeGreaterThan(faults.length * 0.9);
    for (const fault of known) {
      expect(fault).toEqual({ kind: 'no-text' });
      expect(settingsToTry(fault, PLAIN).slice(0, 2)).toContainEqual({ ...PLAIN, baudRate: 19_200 });
    }
  });

  it.each(['even', 'odd'] as const)(
    'is told by missing characters when it wants %s parity and none is sent',
    (parity) => {
      const port = { ...PLAIN, dataBits: 7, parity } as const;
      for (const raw of pages) {
        const got = read(raw, PLAIN, port);
        const fault = findSerialFault(got);
        if (fault === undefined) {
          expect(got.replaceAll('\0', '').length).toBeLessThan(200);
          continue;
        }
        expect(fault).toEqual({ kind: 'parity-lost', parity });
        expect(settingsToTry(fault, port)[0]).toEqual(PLAIN);
      }
    },
  );

  it('is not accused of names in another alphabet', () => {
    const russian = allSamples().find(({ name }) => name === 'td80-russian-cp866')?.raw ?? '';
    expect(russian.length).toBeGreaterThan(200);
    expect(findSerialFault(russian)).toBeUndefined();
  });
});
