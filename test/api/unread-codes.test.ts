import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../core/api/client.ts';
import { maskUnread } from '../../core/api/raw-lines.ts';
import { maskCode } from '../../core/model/masking.ts';
import { createOffice } from '../../core/simulator/office.ts';
import { codeDigitsOf, simulateRecords } from '../../core/simulator/simulate.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { formats } from '../../parsers/registry.ts';
import { addSource, openRig, type Rig } from './rig.ts';

interface Printed {
  readonly text: string;
  readonly code: string;
}

/** Records of a PBX, each call's last record with the code that was dialled, be it somebody's or a mistyped one. */
function printed(formatId: string): readonly Printed[] {
  const codeDigits = codeDigitsOf(formatId);
  const office = createOffice(5, codeDigits === undefined ? {} : { codeDigits });
  const options = {
    seed: 5,
    count: 60,
    fromLocalSeconds: Date.UTC(2026, 9, 5) / 1000,
    meanSecondsBetweenCalls: 60,
    isOfficeHoursOnly: true,
  };
  return [...simulateRecords(office, formatId, options)].map(({ record, truth }) => ({
    text: record.text,
    code: truth?.code ?? '',
  }));
}

const isAlone = (text: string, code: string): boolean =>
  new RegExp(`(?<![0-9A-Za-z])${code}(?![0-9A-Za-z])`).test(text);

describe('codes in lines that the chosen format cannot read', () => {
  it.each(['panasonic-a', 'panasonic-b', 'avaya-ipoffice', 'asterisk-csv', 'asterisk-ami'])(
    'are masked though nobody has them: %s',
    (formatId) => {
      const secrets = { mask: maskCode, isCode: () => false };
      const withCode = printed(formatId).filter(({ code }) => code.length >= 4);
      expect(withCode.length).toBeGreaterThan(10);
      for (const { text, code } of withCode) {
        const masked = maskUnread(text.trimEnd(), secrets, formats);
        expect(masked).toHaveLength(text.trimEnd().length);
        expect(isAlone(masked, code), masked).toBe(false);
      }
    },
  );

  it('stay where the line says nothing that any format knows', () => {
    expect(maskUnread('what is this 987654', { mask: maskCode, isCode: () => false }, formats)).toBe(
      'what is this 987654',
    );
  });

  describe('of a source with the wrong format', () => {
    let rig: Rig;
    let client: Client;
    beforeEach(async () => {
      rig = openRig();
      client = await rig.client();
    });
    afterEach(() => rig.close());

    it('are shown neither among its newest lines nor in quarantine', async () => {
      const sourceId = addSource(new SourceStore(rig.deps.db), 'Avaya');
      const records = printed('avaya-ipoffice');
      rig.feed(sourceId, records.map(({ text }) => text).join(''));
      const { frames, total } = await client.call('listQuarantine', { query: { sourceId, limit: 200 } });
      const lines = await client.call('listRawLines', { params: { id: sourceId }, query: { limit: 200 } });
      expect(total).toBe(records.length);
      for (const shown of [frames, lines]) {
        expect(shown).toHaveLength(records.length);
        const text = shown.map((line) => line.text).join('\n');
        for (const { code } of records) if (code !== '') expect(isAlone(text, code), code).toBe(false);
      }
    });
  });
});
