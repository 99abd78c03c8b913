/**
 * Panasonic KX-TDA/TDE/NCP/NS (patterns A, B, C), KX-TD, KX-TD500, KX-TA and DBS. Records do not describe themselves:
 * date order, clock and page are settings of the PBX. Every line of a page begins with the date; the clock follows.
 */
import { defineFormat, type Field, type FormatSpec } from '../engine.ts';
import { cost, duration } from '../readers.ts';
import { withTabs } from '../tabs.ts';
import type { FormatDefinition } from '../types.ts';
import { CODE_FIELDS, panasonicAssembly } from './assembly.ts';
import { dbs } from './dbs.ts';
import {
  account,
  condition,
  insideParty,
  only,
  outsideLine,
  printedTime,
  transferMark,
  wholeRecord,
} from './fields.ts';
import { headings, noise } from './noise.ts';
import { numberField } from './number-field.ts';
import { codeSourceOption } from './options.ts';
import { type Columns, dateShift, pages } from './pages.ts';

const DATED = /^ ?[\d* ]{1,2}\/[\d* ]{1,2}\/[\d*]{2}[ *]/;
/** `00/00/00 ` in the first columns, as nearly every line begins; the others are for the pattern. */
const SHAPE = '00/00/00 ';

function isDated(line: string): boolean {
  for (let i = 0; i < SHAPE.length; i++) {
    const wanted = SHAPE.charCodeAt(i);
    const code = line.charCodeAt(i);
    const isFine = wanted === 0x30 ? code >= 0x30 && code <= 0x39 : code === wanted;
    if (!isFine) return DATED.test(line);
  }
  return true;
}

interface Page {
  readonly id: string;
  readonly title: string;
  readonly models: readonly string[];
  readonly columns: Columns;
  readonly trunk: { readonly digits: number; readonly hasLetter: boolean };
  readonly confidence: FormatDefinition['confidence'];
  readonly unsure?: NonNullable<FormatDefinition['unsure']>;
  readonly defaults: FormatDefinition['defaults'];
  readonly isLan?: boolean;
  readonly isLenient?: boolean;
  readonly confusableWith?: readonly string[];
}

function fieldsOf({ columns, trunk, isLenient = false }: Page): readonly Field[] {
  const has = (column: string): boolean => column in columns;
  const [durationStart = 1, durationWidth = 0] = columns['duration'] ?? [];
  return [
    printedTime(has('condition') ? 'condition' : undefined),
    ...(has('mark') ? [transferMark('mark')] : []),
    ...(has('tenant') ? [only('tenant', /^\d$/)] : []),
    insideParty('ext'),
    outsideLine('trunk', trunk),
    ...(has('dn') ? [only('dn', /^[A-Z]?\d{1,4}$/)] : []),
    numberField('number', 'trunk', columns['number']?.[0] ?? 0),
    ...(has('ring') ? [duration('ringSeconds', 'ring', 2)] : []),
    duration('durationSeconds', 'duration', 3),
    ...(has('cost') ? [cost('cost')] : []),
    account('account'),
    ...(has('condition') ? [condition('condition')] : []),
    wholeRecord({ durationEnd: durationStart + durationWidth - 1, hasRing: has('ring'), isLenient }),
  ];
}

function pageFormat(page: Page): FormatDefinition {
  const spec: FormatSpec = {
    id: page.id,
    vendor: 'Panasonic',
    title: page.title,
    models: page.models,
    transports:
      page.isLan === true
        ? ['tcp-client', 'serial', 'tcp-listener', 'file']
        : ['serial', 'tcp-client', 'tcp-listener', 'file'],
    confidence: page.confidence,
    framing: { kind: 'line', maxBytes: 256 },
    options: [codeSourceOption],
    defaults: { encoding: 'cp866', ...page.defaults },
    codeFields: CODE_FIELDS,
    noise: { heading: headings[page.id] ?? /^\s*Date\s+Time\b/, 'other-heading': /^\s*Date\s+Time\b/i, ...noise },
    layouts: [
      {
        kind: 'columns',
        accepts: isDated,
        columns: page.columns,
        fields: fieldsOf(page),
        shift: dateShift,
      },
    ],
    isTypical: (record) =>
      !('ring' in page.columns) ||
      record.direction !== 'incoming' ||
      record.durationSeconds === undefined ||
      record.ringSeconds !== undefined,
    assembly: panasonicAssembly,
    ...(page.unsure === undefined ? {} : { unsure: page.unsure }),
    ...(page.confusableWith === undefined ? {} : { confusableWith: page.confusableWith }),
  };
  return defineFormat(spec);
}

const lanModels = [
  'KX-TDA15',
  'KX-TDA30',
  'KX-TDA50',
  'KX-TDA100',
  'KX-TDA100D',
  'KX-TDA200',
  'KX-TDA600',
  'KX-TDE100',
  'KX-TDE200',
  'KX-TDE600',
  'KX-NCP500',
  'KX-NCP1000',
  'KX-NS300',
  'KX-NS500',
  'KX-NS700',
  'KX-NS1000',
];
const td500Unsure = {
  en: 'The columns were counted in real lines and headings; where the number and cost columns end exactly is not proved.',
  vi: 'Các cột được đếm từ dòng thật và dòng tiêu đề; chưa chứng minh được chỗ kết thúc chính xác của cột số gọi và cột cước.',
};
const htsUnsure = {
  en: 'KX-HTS32 and HTS824 are expected to print this page too; no line of theirs was found. Check the first page received.',
  vi: 'KX-HTS32 và HTS824 được cho là cũng in trang này; chưa tìm được dòng thật nào. Hãy kiểm tra trang đầu tiên nhận được.',
};
const pageEnd = { dateOrder: 'DMY', clock: '24h', timeIs: 'end' } as const;
const td = { dateOrder: 'MDY', clock: '12h', timeIs: 'end' } as const;
const td500 = {
  models: ['KX-TD500'],
  trunk: { digits: 5, hasLetter: true },
  defaults: pageEnd,
  isLenient: true,
  unsure: td500Unsure,
} as const;

const allPages: readonly FormatDefinition[] = [
  pageFormat({
    id: 'panasonic-a',
    title: 'Panasonic KX-TDA/TDE/NCP/NS, pattern A',
    models: [...lanModels, 'KX-TD1232 (P231C)', 'KX-HTS32', 'KX-HTS824'],
    columns: pages.a,
    trunk: { digits: 2, hasLetter: false },
    confidence: 'proved',
    unsure: htsUnsure,
    defaults: pageEnd,
    isLan: true,
    confusableWith: ['panasonic-td80', 'panasonic-kxtd1232ru'],
  }),
  pageFormat({
    id: 'panasonic-b',
    title: 'Panasonic KX-TDA/TDE/NCP/NS, pattern B',
    models: lanModels,
    columns: pages.b,
    trunk: { digits: 2, hasLetter: false },
    confidence: 'proved',
    defaults: pageEnd,
    isLan: true,
  }),
  pageFormat({
    id: 'panasonic-c',
    title: 'Panasonic KX-TDA/TDE/NCP/NS, pattern C',
    models: [...lanModels, 'KX-HTS32', 'KX-HTS824'],
    columns: pages.c,
    trunk: { digits: 4, hasLetter: false },
    confidence: 'proved',
    unsure: htsUnsure,
    defaults: pageEnd,
    isLan: true,
  }),
  pageFormat({
    id: 'panasonic-td80',
    title: 'Panasonic KX-TD308/816/1232',
    models: ['KX-TD308', 'KX-TD816', 'KX-TD1232', 'KX-TD816RU', 'KX-TD1232-RU'],
    columns: pages.td80,
    trunk: { digits: 2, hasLetter: false },
    confidence: 'proved',
    defaults: td,
    isLenient: true,
    confusableWith: ['panasonic-a', 'panasonic-kxtd1232ru'],
  }),
  pageFormat({
    id: 'panasonic-td500-a',
    title: 'Panasonic KX-TD500, type A',
    columns: pages.td500a,
    confidence: 'documented',
    confusableWith: ['panasonic-td500-b', 'panasonic-td500-c'],
    ...td500,
  }),
  pageFormat({
    id: 'panasonic-td500-b',
    title: 'Panasonic KX-TD500, type B',
    columns: pages.td500b,
    confidence: 'documented',
    confusableWith: ['panasonic-td500-a', 'panasonic-td500-c'],
    ...td500,
  }),
  pageFormat({
    id: 'panasonic-td500-c',
    title: 'Panasonic KX-TD500, type C',
    columns: pages.td500c,
    confidence: 'documented',
    confusableWith: ['panasonic-td500-a', 'panasonic-td500-b'],
    ...td500,
  }),
  pageFormat({
    id: 'panasonic-td500-d',
    title: 'Panasonic KX-TD500, type D',
    columns: pages.td500d,
    confidence: 'unconfirmed',
    ...td500,
  }),
  pageFormat({
    id: 'panasonic-ta80',
    title: 'Panasonic KX-TA308/616/824, KX-TEA, KX-TES',
    models: ['KX-TA308', 'KX-TA616', 'KX-TA624', 'KX-TEA308', 'KX-TEM824', 'KX-TES824'],
    columns: pages.ta80,
    trunk: { digits: 2, hasLetter: false },
    confidence: 'proved',
    defaults: { dateOrder: 'MDY', clock: '12h', timeIs: 'start' },
    isLenient: true,
  }),
  dbs,
];

export const formats: readonly FormatDefinition[] = allPages.map(withTabs);
