/** Headings as words, and what the words of an unknown price list's headings mean, in English and Vietnamese. */
import { foldText } from '../model/fold.ts';
import type { DeckField } from './deck-fields.ts';

/** `Cost / Min`, `costMin` and `cost_min` are the same words. */
export function headingWords(heading: string): string {
  return foldText(heading.replace(/\(s\)/gi, '').replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
    .replace(/[^\p{L}\p{N}%]+/gu, ' ')
    .trim();
}

/** Whole headings. A heading that is none of these is looked at by its words. */
const NAMED: Readonly<Partial<Record<DeckField, readonly string[]>>> = {
  prefix: [
    'prefix',
    'prefixes',
    'dial prefix',
    'dialprefix',
    'match prefix',
    'code',
    'codes',
    'dial code',
    'dial codes',
    'area code',
    'destination code',
    'phone prefix',
    'number',
    'breakout',
    'dau so',
    'ma',
    'ma goi',
    'ma dich',
    'ma vung',
    'tien to',
    'dau so goi',
  ],
  countryCode: ['country code', 'cc', 'ma quoc gia', 'ma nuoc'],
  name: [
    'destination',
    'destination name',
    'destination en',
    'name',
    'description',
    'country',
    'code name',
    'rate name',
    'area',
    'zone',
    'region',
    'destination english',
    'noi den',
    'huong goi',
    'huong',
    'ten',
    'ten huong',
    'quoc gia',
    'nuoc',
    'diem den',
  ],
  network: ['network', 'operator', 'carrier', 'nha mang', 'mang'],
  nameVi: ['destination vi', 'name vi', 'ten tieng viet', 'noi goi den', 'destination vietnamese'],
  category: ['category', 'type', 'band', 'loai', 'nhom', 'nhom cuoc', 'loai cuoc', 'tag'],
  currency: ['currency', 'cur', 'tien te', 'loai tien', 'don vi tien'],
  rateSeconds: ['rate unit', 'per seconds', 'unit seconds', 'price seconds'],
  blocks: [
    'blocks',
    'billing',
    'billing increment',
    'billing increments',
    'increments',
    'pulse',
    'interval',
    'intervals',
    'block',
    'rounding',
    'billing interval',
    'min inc',
    'block tinh cuoc',
    'cach tinh',
    'phuong thuc tinh cuoc',
    'phuong thuc tinh',
  ],
  initialSeconds: [
    'initial seconds',
    'initial increment',
    'initial block',
    'initial',
    'first interval',
    'interval 1',
    'min',
    'min time',
    'minimum seconds',
    'minimum duration',
    'first increment',
    'min duration',
    'initblock',
    'block dau',
    'giay dau',
  ],
  incrementSeconds: [
    'increment seconds',
    'increment',
    'next increment',
    'next interval',
    'interval n',
    'int',
    'interval 2',
    'billing block',
    'billingblock',
    'subsequent increment',
    'second increment',
    'charge period',
    'billable unit',
    'block tiep theo',
    'block sau',
    'giay tiep theo',
  ],
  block: ['block style'],
  steps: ['steps'],
  connectionCharge: [
    'connection charge',
    'connection fee',
    'connection cost',
    'connect fee',
    'connect charge',
    'setup fee',
    'setup',
    'set up fee',
    'sf',
    'connect cost',
    'call setup',
    'phi ket noi',
    'cuoc ket noi',
    'phi thiet lap',
  ],
  disconnectionCharge: ['disconnection charge', 'disconnect charge', 'disconnectcharge'],
  minimumCharge: ['minimum charge', 'min charge', 'minimum cost', 'min cost', 'minimal cost', 'cuoc toi thieu'],
  maximumCharge: ['maximum charge', 'max charge', 'maximum cost', 'max cost', 'cuoc toi da'],
  graceSeconds: ['grace seconds', 'nocharge time', 'no charge time', 'free below', 'grace period'],
  freeSeconds: ['free seconds', 'free time', 'giay mien phi'],
  connectTimeSeconds: ['connect time seconds', 'connect time'],
  effectiveFrom: [
    'effective from',
    'effective date',
    'effective',
    'start date',
    'startdate',
    'valid from',
    'from date',
    'activation date',
    'date from',
    'ngay hieu luc',
    'hieu luc tu',
    'tu ngay',
    'ngay ap dung',
    'ap dung tu',
  ],
  effectiveTo: [
    'effective to',
    'end date',
    'enddate',
    'stop date',
    'stopdate',
    'valid to',
    'to date',
    'expiry date',
    'expiration date',
    'date to',
    'valid until',
    'den ngay',
    'het hieu luc',
    'ngay het hieu luc',
    'ngay ket thuc',
  ],
  direction: ['direction', 'chieu', 'chieu goi'],
  trunk: ['trunk', 'trung ke'],
  accessCode: ['access code', 'carrier code', 'ma truy nhap', 'ma truy cap'],
  period: ['period', 'time profile', 'time period', 'khung gio'],
  days: ['days of week', 'days', 'weekdays', 'week days', 'ngay trong tuan', 'thu'],
  timeFrom: ['from time', 'time from', 'start time', 'tu gio', 'gio bat dau'],
  timeTo: ['to time', 'time to', 'end time', 'den gio', 'gio ket thuc'],
  originGroup: ['origin group'],
  originPrefix: ['src code', 'source code', 'origin code', 'origin prefix', 'a number prefix'],
  localOnly: ['local only'],
  numberLength: ['number length', 'do dai so'],
  minimumDigits: ['minimum digits', 'min digits', 'min number length'],
  maximumDigits: ['maximum digits', 'max digits', 'max number length'],
  reject: ['reject', 'reject calls', 'blocked', 'tu choi', 'chan'],
  volumeGroup: ['volume group'],
  volumePrices: ['volume prices'],
  taxIncluded: ['vat included', 'tax included', 'gom vat', 'da gom vat', 'da vat', 'bao gom vat'],
  source: ['source', 'notes', 'note', 'remarks', 'comment', 'comments', 'nguon', 'ghi chu'],
};

const BY_WORDS: ReadonlyMap<string, DeckField> = new Map(
  Object.entries(NAMED).flatMap(([field, names]) => names.map((name) => [name, field as DeckField] as const)),
);

const PRICE = /\b(?:rate|price|cost|tariff|charge|gia|cuoc|don gia|muc cuoc)\b/;
const NO_PRICE =
  /\b(?:old|previous|cu|change|thay doi|status|id|tag|code|name|group|type|buy|mrc|vat|thue|ma|loai|nhom)\b/;
const PER_MINUTE = /\b(?:min|mins|minute|minutes|per min|phut|1p|p)\b/;
const PER_SECOND = /\b(?:sec|second|seconds|giay|s)\b/;
const PER_SOME = /\b(\d{1,3}) ?(?:s|sec|seconds|giay)\b/;

export interface HeadingMeaning {
  readonly field: DeckField;
  /** Seconds that a price is for, where the heading says so. */
  readonly priceSeconds?: number;
}

function priceSecondsOf(words: string): number | undefined {
  const some = PER_SOME.exec(words);
  if (some !== null) return Number(some[1]);
  if (PER_MINUTE.test(words)) return 60;
  return PER_SECOND.test(words) ? 1 : undefined;
}

export function meaningOf(heading: string): HeadingMeaning | undefined {
  const words = headingWords(heading);
  const field = BY_WORDS.get(words);
  if (field !== undefined) return { field };
  if (!PRICE.test(words) || (NO_PRICE.test(words) && !/\b(?:vat|thue)\b/.test(words))) return undefined;
  const priceSeconds = priceSecondsOf(words);
  return { field: 'rate', ...(priceSeconds !== undefined && { priceSeconds }) };
}
