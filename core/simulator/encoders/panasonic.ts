/**
 * Panasonic KX-TDA/TDE/NCP/NS, KX-TD and KX-TA pages. The clock prints whole minutes and the end of the call (KX-TA:
 * the start). The code stands in the account code column; a call the office transferred prints a second record with TR.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, endOf, fullTruth, type TrueCall } from '../encoder.ts';
import type { SimulatedCall } from '../traffic.ts';

/** First column (from 1) and width; `right` aligned fields grow to the left. */
interface Column {
  readonly at: number;
  readonly width: number;
  readonly right?: boolean;
}

interface Page {
  readonly width: number;
  readonly dateOrder: 'DMY' | 'MDY';
  readonly isTwelveHour: boolean;
  readonly isStartPrinted: boolean;
  readonly incoming: string;
  readonly prefix: { readonly extension: string; readonly trunk: string };
  readonly columns: {
    readonly time: Column;
    readonly extension: Column;
    readonly trunk: Column;
    readonly number: Column;
    readonly ring?: Column;
    readonly duration: Column;
    readonly cost?: Column;
    readonly account: Column;
    readonly condition?: Column;
  };
}

const plain = { extension: '', trunk: '' };
const td500 = { extension: 'E', trunk: 'T101' };

const pages: Readonly<Record<string, Page>> = {
  'panasonic-a': {
    width: 80,
    dateOrder: 'DMY',
    isTwelveHour: false,
    isStartPrinted: false,
    incoming: '<I>',
    prefix: plain,
    columns: {
      time: { at: 10, width: 7 },
      extension: { at: 18, width: 5, right: true },
      trunk: { at: 24, width: 2 },
      number: { at: 27, width: 25 },
      ring: { at: 53, width: 4 },
      duration: { at: 58, width: 8 },
      account: { at: 67, width: 10 },
      condition: { at: 78, width: 3 },
    },
  },
  'panasonic-b': {
    width: 80,
    dateOrder: 'DMY',
    isTwelveHour: false,
    isStartPrinted: false,
    incoming: '<I>',
    prefix: plain,
    columns: {
      time: { at: 10, width: 7 },
      extension: { at: 17, width: 5, right: true },
      trunk: { at: 23, width: 2 },
      number: { at: 26, width: 20 },
      duration: { at: 47, width: 8 },
      cost: { at: 56, width: 10 },
      account: { at: 67, width: 10 },
      condition: { at: 78, width: 3 },
    },
  },
  'panasonic-c': {
    width: 120,
    dateOrder: 'DMY',
    isTwelveHour: false,
    isStartPrinted: false,
    incoming: '<I>',
    prefix: { extension: '', trunk: '00' },
    columns: {
      time: { at: 10, width: 7 },
      extension: { at: 18, width: 5, right: true },
      trunk: { at: 24, width: 4 },
      number: { at: 29, width: 50 },
      ring: { at: 80, width: 4 },
      duration: { at: 85, width: 8 },
      cost: { at: 94, width: 11 },
      account: { at: 106, width: 10 },
      condition: { at: 117, width: 3 },
    },
  },
  'panasonic-td80': {
    width: 80,
    dateOrder: 'MDY',
    isTwelveHour: true,
    isStartPrinted: false,
    incoming: '<INCOMING> ',
    prefix: plain,
    columns: {
      time: { at: 10, width: 7 },
      extension: { at: 18, width: 5, right: true },
      trunk: { at: 24, width: 2 },
      number: { at: 27, width: 30 },
      duration: { at: 58, width: 8 },
      account: { at: 67, width: 10 },
      condition: { at: 78, width: 3 },
    },
  },
  'panasonic-td500-a': td500Page(80, {
    number: { at: 34, width: 19 },
    ring: { at: 54, width: 4 },
    duration: { at: 59, width: 8 },
    account: { at: 68, width: 10 },
    condition: { at: 79, width: 2 },
  }),
  'panasonic-td500-b': td500Page(80, {
    number: { at: 34, width: 24 },
    duration: { at: 59, width: 8 },
    account: { at: 68, width: 10 },
    condition: { at: 79, width: 2 },
  }),
  'panasonic-td500-c': td500Page(80, {
    number: { at: 34, width: 14 },
    duration: { at: 49, width: 8 },
    cost: { at: 58, width: 9 },
    account: { at: 68, width: 10 },
    condition: { at: 79, width: 2 },
  }),
  'panasonic-td500-d': td500Page(120, {
    number: { at: 39, width: 45 },
    ring: { at: 85, width: 4 },
    duration: { at: 90, width: 8 },
    cost: { at: 99, width: 8 },
    account: { at: 108, width: 10 },
    condition: { at: 119, width: 2 },
  }),
};

function td500Page(width: number, columns: Omit<Page['columns'], 'time' | 'extension' | 'trunk'>): Page {
  return {
    width,
    dateOrder: 'DMY',
    isTwelveHour: false,
    isStartPrinted: false,
    incoming: '<INCOMING>',
    prefix: td500,
    columns: {
      time: { at: 10, width: 7 },
      extension: { at: 20, width: 6 },
      trunk: { at: 27, width: 6 },
      ...columns,
    },
  };
}

const two = (n: number): string => String(n).padStart(2, '0');

function dateText(localSeconds: number, order: Page['dateOrder']): string {
  const [year = '', month = '', day = ''] = localText(localSeconds).slice(2, 10).split('-');
  return order === 'DMY' ? `${day}/${month}/${year}` : `${month}/${day}/${year}`;
}

function timeText(localSeconds: number, isTwelveHour: boolean): string {
  const [hour = 0, minute = 0] = localText(localSeconds).slice(11, 16).split(':').map(Number);
  if (!isTwelveHour) return `${two(hour)}:${two(minute)}`;
  return `${two(hour % 12 === 0 ? 12 : hour % 12)}:${two(minute)}${hour < 12 ? 'AM' : 'PM'}`;
}

function durationText(seconds: number): string {
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}'${two(seconds % 60)}`;
}

function ringText(seconds: number): string {
  return `${Math.floor(seconds / 60)}'${two(seconds % 60)}`;
}

interface Line {
  readonly atLocalSeconds: number;
  readonly extension: string;
  readonly trunk: string;
  readonly number: string;
  readonly ring: string;
  readonly duration: string;
  readonly account: string;
  readonly condition: string;
}

function lineText(page: Page, line: Line): string {
  const cells = new Array<string>(page.width).fill(' ');
  const put = (column: Column | undefined, text: string): void => {
    if (column === undefined) return;
    const cut = text.slice(0, column.width);
    const from = column.at - 1 + (column.right === true ? column.width - cut.length : 0);
    for (let i = 0; i < cut.length; i += 1) cells[from + i] = cut[i] ?? ' ';
  };
  const { columns } = page;
  put({ at: 1, width: 8 }, dateText(line.atLocalSeconds, page.dateOrder));
  put(columns.time, timeText(line.atLocalSeconds, page.isTwelveHour));
  put(columns.extension, line.extension === '' ? '' : `${page.prefix.extension}${line.extension}`);
  put(columns.trunk, line.trunk === '' ? '' : `${page.prefix.trunk}${line.trunk}`);
  put(columns.number, line.number);
  put(columns.ring, line.ring);
  put(columns.duration, line.duration);
  if (line.duration !== '') put(columns.cost, '00000.00');
  put(columns.account, line.account);
  put(columns.condition, line.condition);
  return `${cells.join('')}\r\n`;
}

function linesOf(call: SimulatedCall, page: Page): readonly Line[] {
  const end = endOf(call);
  const base: Line = {
    atLocalSeconds: end,
    extension: call.extension,
    trunk: call.trunk,
    number: call.outsideNumber,
    ring: '',
    duration: durationText(call.talkSeconds),
    account: call.codeDialled,
    condition: '',
  };
  if (call.direction === 'internal') {
    return [{ ...base, number: `EXT${call.insideNumber}`, duration: '' }];
  }
  if (call.direction === 'incoming') {
    const ring = ringText(call.ringSeconds);
    return [{ ...base, number: `${page.incoming}${call.outsideNumber}`, ring, condition: call.isAnswered ? '' : 'NA' }];
  }
  if (call.transfer === undefined) return [base];
  const { transfer } = call;
  return [
    {
      ...base,
      atLocalSeconds: end - transfer.talkSeconds,
      duration: durationText(call.talkSeconds - transfer.talkSeconds),
    },
    {
      ...base,
      extension: transfer.extension,
      duration: durationText(transfer.talkSeconds),
      account: '',
      condition: 'TR',
    },
  ];
}

/** A narrow number column cuts the caller behind its mark. */
function printedTruth(call: SimulatedCall, page: Page): TrueCall {
  const truth = fullTruth(call);
  if (call.direction !== 'incoming') return truth;
  const room = page.columns.number.width - page.incoming.length;
  return { ...truth, outsideNumber: call.outsideNumber.slice(0, Math.max(0, room)) };
}

export const panasonicEncoder: CallEncoder = {
  formatIds: Object.keys(pages),
  encode(call, formatId) {
    const page = pages[formatId];
    if (page === undefined) throw new Error(`no page layout for ${formatId}`);
    const truth = printedTruth(call, page);
    return {
      records: linesOf(call, page).map((line) => ({
        text: lineText(page, line),
        atLocalSeconds: line.atLocalSeconds,
      })),
      // An intercom record prints no duration, so it says nothing of an answer either.
      truth: call.direction === 'internal' ? { ...truth, talkSeconds: 0, isAnswered: undefined } : truth,
    };
  },
};
