import type { AttributionReason, Band } from '../../core/model/call.ts';
import { amountMicro } from '../../core/model/money.ts';
import { localSecondsOfDay } from '../../core/model/time.ts';
import { type CallRow, CallStore } from '../../core/store/calls.ts';
import { DailySums } from '../../core/store/daily-sums.ts';
import type { Database } from '../../core/store/database.ts';
import { ensureDepartmentPath } from '../../core/store/departments.ts';
import { type DestinationName, DestinationStore } from '../../core/store/destinations.ts';
import { addPerson } from '../../core/store/people.ts';
import { SettingsStore } from '../../core/store/settings.ts';

export interface SeededOffice {
  readonly people: number;
  readonly calls: number;
  /** Millionths that every rated charge is a multiple of. */
  readonly chargeStepMicro: bigint;
}

const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Đặng', 'Bùi', 'Đỗ'];
const MIDDLE = ['Văn', 'Thị', 'Đức', 'Minh', 'Ngọc', 'Thanh'];
const GIVEN = ['An', 'Bình', 'Dũng', 'Đào', 'Hoà', 'Lan', 'Ước', 'Yến'];
const DEPARTMENTS = [
  ['Kinh doanh', 'Miền Bắc'],
  ['Kinh doanh', 'Miền Nam'],
  ['Kế toán – Tài chính'],
  ['Kỹ thuật'],
  ['Ban Giám đốc'],
];
const PLACES: readonly (readonly [Band, string, string, DestinationName])[] = [
  ['mobile', '0900000000', '84900000000', { en: 'Mobile in Vietnam', vi: 'Di động Việt Nam' }],
  ['mobile', '0800000000', '84800000000', { en: 'Mobile in Vietnam', vi: 'Di động Việt Nam' }],
  ['local', '30000000', '842430000000', { en: 'Hanoi', vi: 'Hà Nội' }],
  ['national', '02800000000', '842800000000', { en: 'Ho Chi Minh City', vi: 'TP Hồ Chí Minh' }],
  ['international', '00810000000000', '810000000000', { en: 'Japan', vi: 'Nhật Bản' }],
  ['free', '18000000', '18000000', { en: 'Freephone', vi: 'Miễn cước' }],
];

/** Repeatable whole numbers below `limit` (Park and Miller's generator). */
export function numbersFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
}

/** An office and its March 2026, with wrong codes, calls of nobody, calls without a rate, incoming and internal ones. */
export function seedMonth(db: Database, office: SeededOffice): void {
  const next = numbersFrom(7);
  const pick = <T>(items: readonly T[]): T => items[next(items.length)] as T;
  new SettingsStore(db).change({ companyName: 'Công ty Cổ phần Ánh Dương & Con' });
  db.prepare(
    "INSERT INTO sources (id, name, kind, config, format_id, created_at_ms) VALUES (1, 'Tổng đài', 'file-import', '{}', 'x', 0)",
  ).run();
  db.exec(`
    INSERT INTO tariffs (id, name, created_at_ms) VALUES (1, 'Bảng giá 2026', 0);
    INSERT INTO tariff_versions (id, tariff_id, number, state, currency, rate_count, definition, created_at_ms, changed_at_ms)
      VALUES (1, 1, 1, 'published', 'VND', 0, '{}', 0, 0);`);
  const departments = DEPARTMENTS.map((path) => ensureDepartmentPath(db, path));
  const people = Array.from({ length: office.people }, (_, i) => {
    const departmentId = i % 9 === 8 ? null : pick(departments);
    const id = addPerson(db, {
      name: `${pick(FAMILY)} ${pick(MIDDLE)} ${pick(GIVEN)}`,
      employeeNumber: i % 5 === 4 ? null : `NV${String(i + 1).padStart(4, '0')}`,
      email: null,
      title: null,
      notes: null,
      activeFrom: null,
      activeTo: null,
      departmentId,
      departmentFrom: null,
    });
    return { id, departmentId, code: String(1000 + i) };
  });
  const sums = new DailySums(db);
  const store = new CallStore(db, sums);
  const destinations = new DestinationStore(db);
  const first = Number(localSecondsOfDay('2026-03-01'));
  db.transaction(() => {
    for (let i = 0; i < office.calls; i += 1) store.put(call(i), undefined);
    sums.flush();
  })();

  function call(i: number): CallRow {
    const kind = next(100);
    const direction =
      kind < 70 ? 'outgoing' : kind < 85 ? 'incoming' : kind < 98 ? 'internal' : kind < 99 ? 'tandem' : 'none';
    const isOut = direction === 'outgoing' || direction === 'tandem';
    const owner = next(20);
    const reason: AttributionReason =
      direction === 'none'
        ? 'none'
        : owner < 14
          ? 'code'
          : owner < 16
            ? 'extension'
            : owner < 18
              ? 'no-code'
              : owner < 19
                ? 'unknown-code'
                : 'code-not-valid';
    const person = reason === 'code' || reason === 'extension' ? pick(people) : undefined;
    const [band, dialled, number, destination] = pick(PLACES);
    const talkSeconds = next(900);
    const isRated = isOut && next(25) > 0;
    const code =
      reason === 'code' ? person?.code : reason.includes('code-') || reason === 'unknown-code' ? '9999' : undefined;
    return {
      id: 2 ** 40 + i * 80,
      startLocalS: first + next(31 * 86_400),
      utcOffsetMin: 420,
      endOffset: i * 80 + 80,
      direction,
      isAnswered: talkSeconds > 20,
      talkSeconds,
      ringSeconds: null,
      extension: String(200 + next(60)),
      trunk: isOut ? '01' : null,
      code: code ?? null,
      codeField: code === undefined ? null : 'account',
      dialled: isOut ? dialled : null,
      caller: direction === 'incoming' ? dialled : null,
      callerName: direction === 'incoming' && next(50) === 0 ? '=1+1' : null,
      cleaned: null,
      number: isOut ? number : null,
      band: isOut ? band : direction === 'incoming' ? 'incoming' : 'internal',
      destinationId: isOut ? destinations.idOf(destination) : null,
      personId: person?.id ?? null,
      departmentId: person?.departmentId ?? null,
      reason,
      rating: isOut ? (isRated ? 'rated' : 'unrated') : 'not-chargeable',
      tariffVersionId: isRated ? 1 : null,
      chargeMicro: isRated ? amountMicro(BigInt(next(20_000)) * office.chargeStepMicro) : null,
      currency: isRated ? 'VND' : null,
      billedSeconds: null,
      monthUse: null,
      verdict: null,
      purpose: null,
      lateDay: null,
      pbxCost: null,
      conditionCode: null,
      doubts: [],
      legCount: 1,
    };
  }
}
