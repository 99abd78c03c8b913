/** An office with a month of calls, behind the API. */
import type { Client } from '../../core/api/client.ts';
import type { Call } from '../../core/api/contract.ts';
import { openRig, type Rig } from '../api/rig.ts';
import { panasonicLine } from '../ingest/site-fixture.ts';

export const MARCH = '2026-03';
export const APRIL = '2026-04';
export const APRIL_2 = Date.UTC(2026, 3, 2, 3);

const DECK = `prefix;destination_en;destination_vi;category;rate_per_minute;currency;initial_seconds;increment_seconds
8490;Mobile A;Di động A;mobile;600;VND;6;1
8491;Mobile B;Di động B;mobile;900;VND;6;1
`;

export interface Office {
  readonly rig: Rig;
  readonly client: Client;
  readonly sourceId: number;
  readonly lanId: number;
  readonly minhId: number;
  readonly salesId: number;
  call(number: string): Promise<Call>;
}

/** Lan makes two calls of March by her code, Minh one from his extension, and nobody one by an unknown code. */
export async function openOffice(): Promise<Office> {
  const rig = openRig();
  const client = await rig.client();
  await client.call('importTariff', { query: { fileName: 'deck.csv' }, body: new TextEncoder().encode(DECK) });
  const source = {
    name: 'Tổng đài',
    config: { kind: 'file-import' },
    formatId: 'panasonic-a',
    formatOptions: { dateOrder: 'DMY' },
    isEnabled: true,
  } as const;
  const sourceId = (await client.call('addSource', { body: source })).id;
  await client.call('putSettings', { body: { companyName: 'Ánh Dương' } });
  const sales = await client.call('addDepartment', { body: { name: 'Kinh doanh' } });
  const repair = await client.call('addDepartment', { body: { name: 'Bảo trì' } });
  const person = (name: string, departmentId: number, employeeNumber: string) =>
    client.call('addPerson', { body: { name, departmentId, employeeNumber } });
  const lan = await person('Nguyễn Thị Lan', sales.id, 'NV01');
  const minh = await person('Trần Minh', repair.id, 'NV02');
  const assign = (personId: number, kind: 'code' | 'extension', value: string) =>
    client.call('applyAssignment', { body: { action: 'add', personId, assignment: { kind, value } } });
  await assign(lan.id, 'code', '4401');
  await assign(minh.id, 'extension', '102');
  rig.feed(
    sourceId,
    panasonicLine({ at: '03/03/26 08:15', number: '0901000001', duration: "00:01'00", account: '4401' }) +
      panasonicLine({ at: '04/03/26 09:15', number: '0901000002', duration: "00:02'00", account: '4401' }) +
      panasonicLine({ at: '05/03/26 10:15', extension: '102', number: '0911000003', duration: "00:01'00" }) +
      panasonicLine({
        at: '06/03/26 11:15',
        extension: '103',
        number: '0901000004',
        duration: "00:01'00",
        account: '9',
      }),
  );
  rig.clockMs = APRIL_2;
  const call = async (number: string): Promise<Call> => {
    const { calls } = await client.call('listCalls', { query: { number } });
    const [only, ...others] = calls;
    if (only === undefined || others.length > 0) throw new Error(`${calls.length} calls with ${number}`);
    return only;
  };
  return { rig, client, sourceId, lanId: lan.id, minhId: minh.id, salesId: sales.id, call };
}
