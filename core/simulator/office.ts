/**
 * The simulated office: who works there, with which code and telephone, over which outside lines. Names and numbers are
 * made up by the seed; nothing in here is anybody's real data.
 */
import { createRandom, type Random } from './random.ts';

export interface OfficePerson {
  readonly name: string;
  readonly employeeNumber: string;
  readonly department: string;
  readonly code: string;
  readonly extension: string;
}

export interface Office {
  readonly people: readonly [OfficePerson, ...OfficePerson[]];
  readonly trunks: readonly [string, ...string[]];
}

const FAMILY: readonly [string, ...string[]] = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Hoàng',
  'Vũ',
  'Đặng',
  'Bùi',
  'Đỗ',
  'Ngô',
];
const MIDDLE: readonly [string, ...string[]] = ['Văn', 'Thị', 'Minh', 'Quang', 'Thu', 'Đức', 'Ngọc', 'Thanh'];
const GIVEN: readonly [string, ...string[]] = [
  'An',
  'Bình',
  'Châu',
  'Dũng',
  'Giang',
  'Hà',
  'Hải',
  'Hương',
  'Khánh',
  'Lan',
  'Linh',
  'Long',
  'Mai',
  'Nam',
  'Phúc',
  'Quân',
  'Sơn',
  'Trang',
  'Tuấn',
  'Yến',
];
const DEPARTMENTS = ['Kinh doanh', 'Kế toán', 'Kỹ thuật', 'Nhân sự', 'Chăm sóc khách hàng'] as const;

/** Mistyping one digit of a code must never give somebody else's code. */
function isFarFrom(code: string, others: ReadonlySet<string>): boolean {
  for (const other of others) {
    let differing = 0;
    for (let i = 0; i < code.length; i += 1) if (code[i] !== other[i]) differing += 1;
    if (differing < 2) return false;
  }
  return true;
}

/** So many draws in a row without a code that is free: there is hardly one left. */
const DRAWS_LIMIT = 20_000;

/** Throws when no more codes fit: codes two digits apart are at most a tenth of all, and draws leave gaps between them. */
function freshCode(random: Random, taken: Set<string>, digits: number): string {
  for (let draws = 0; draws < DRAWS_LIMIT; draws += 1) {
    const code = random.digits(digits);
    if (isFarFrom(code, taken)) {
      taken.add(code);
      return code;
    }
  }
  throw new Error(`an office of ${taken.size + 1} people needs codes of more than ${digits} digits`);
}

export interface OfficeOptions {
  readonly peopleCount?: number;
  readonly trunkCount?: number;
  readonly firstExtension?: number;
  /** At least 4: codes must differ in two digits and still suffice. */
  readonly codeDigits?: number;
}

/** More people than this find no codes of five digits in good time. */
const PEOPLE_WITH_FIVE_DIGITS = 2500;

/** People with codes (five digits, six in a large office) two digits apart and an extension each (24 from 101 on), and 8 outside lines. */
export function createOffice(seed: number, options: OfficeOptions = {}): Office {
  const { peopleCount = 24, trunkCount = 8, firstExtension = 101 } = options;
  const { codeDigits = peopleCount > PEOPLE_WITH_FIVE_DIGITS ? 6 : 5 } = options;
  const random = createRandom(seed);
  const codes = new Set<string>();
  const names = new Set<string>();
  const people = Array.from({ length: Math.max(1, peopleCount) }, (_, i): OfficePerson => {
    let name: string;
    do {
      name = `${random.pick(FAMILY)} ${random.pick(MIDDLE)} ${random.pick(GIVEN)}`;
    } while (names.has(name) && names.size < FAMILY.length * MIDDLE.length * GIVEN.length);
    names.add(name);
    return {
      name,
      employeeNumber: `NV${String(i + 1).padStart(3, '0')}`,
      department: DEPARTMENTS[i % DEPARTMENTS.length] ?? DEPARTMENTS[0],
      code: freshCode(random, codes, codeDigits),
      extension: String(firstExtension + i),
    };
  });
  const trunks = Array.from({ length: Math.max(1, trunkCount) }, (_, i) => String(i + 1).padStart(2, '0'));
  return { people: people as unknown as Office['people'], trunks: trunks as unknown as Office['trunks'] };
}
