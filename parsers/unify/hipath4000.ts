/**
 * HiPath 4000 and OpenScape 4000 print what their administrator programmed (AMO FTBL): elements of fixed width, one behind
 * the other, without blanks. The default is the one documented example, the record of the DP120 type in ASCII; the option
 * `elements` takes any other list.
 *
 *     id 2  length 3  switch 2  station 9  charged extension 6  PIN 12  trunk 6  route 2  destination 22  network 1
 *     service 1  speed 1  units 4  end 13  duration 7  message 5  signal 1
 */

import type { CodeField } from '../../core/model/call.ts';
import { type ColumnsLayout, defineFormat, type Field, type ResolvedOptions } from '../engine.ts';
import { withCleanFront } from '../line-front.ts';
import { clockSeconds, readDate, readTime, text, writeTime } from '../readers.ts';
import type { OptionDefinition } from '../types.ts';
import { singleAssembly } from './assembly.ts';
import { extra } from './fields.ts';
import { noise } from './noise.ts';

const CODE_FIELDS: readonly CodeField[] = ['authorization', 'account'];

const DP120 =
  'record=2,length=3,switch=2,station=9,extension=6,pin=12,trunk=6,route=2,destination=22,network=1,service=1,speed=1,units=4,end=13,duration=7,message=5,signal=1';

const elementsOption: OptionDefinition = {
  name: 'elements',
  kind: 'text',
  default: DP120,
  help: {
    en: 'Elements of a record in their order, each with its width, from the AMO FTBL listing. Read are: station, extension, pin, account, trunk, destination, units, end, duration; any other name is passed over.',
    vi: 'Các phần tử của bản ghi theo thứ tự, kèm độ rộng, lấy từ danh sách AMO FTBL. Các tên được đọc: station, extension, pin, account, trunk, destination, units, end, duration; tên khác được bỏ qua.',
  },
};
const durationOption: OptionDefinition = {
  name: 'durationIs',
  kind: 'choice',
  choices: ['seconds', 'hhmmss'],
  default: 'seconds',
  help: {
    en: 'How a duration without colons counts. Compare with a call whose length you know.',
    vi: 'Thời lượng không có dấu hai chấm được tính thế nào. Hãy đối chiếu với một cuộc gọi đã biết độ dài.',
  },
};

/** Six digits of date and six of time, a mark between them or a tenth of a second behind. */
const MOMENT = /^(\d\d)(\d\d)(\d\d)[ .:/-]?(\d\d)(\d\d)(\d\d)\d?$/;

const endOfConnection: Field = (cellOf) => {
  const at = cellOf('end');
  return (row, draft, state) => {
    const m = MOMENT.exec(row[at] ?? '');
    if (m === null) return 'bad-end';
    const date = readDate(`${m[1]}.${m[2]}.${m[3]}`, state.options.dateOrder);
    const time = readTime(`${m[4]}:${m[5]}:${m[6]}`);
    if (date === undefined || time === undefined) return 'bad-end';
    return writeTime(draft, state, date, time, state.options.timeIs);
  };
};

const durationElement: Field = (cellOf) => {
  const at = cellOf('duration');
  return (row, draft, state) => {
    const value = row[at] ?? '';
    if (value === '') return undefined;
    const isClock = state.options.own['durationIs'] === 'hhmmss';
    const clock = isClock ? value.replace(/^(\d+)(\d\d)(\d\d)$/, '$1:$2:$3') : value;
    const seconds = !isClock && /^\d{1,7}$/.test(value) ? Number(value) : clockSeconds(clock, 3);
    if (seconds === undefined) return 'bad-duration';
    draft.durationSeconds = seconds;
    return undefined;
  };
};

/** The charged extension stands before the station that dialled. */
const stations =
  (names: readonly string[]): Field =>
  (cellOf) => {
    const charged = names.includes('extension') ? cellOf('extension') : undefined;
    const dialling = names.includes('station') ? cellOf('station') : undefined;
    return (row, draft) => {
      const extension = charged === undefined ? '' : (row[charged] ?? '');
      const station = dialling === undefined ? '' : (row[dialling] ?? '');
      if (!/^[\d*#]*$/.test(extension) || !/^[\d*#]*$/.test(station)) return 'bad-extension';
      const found = extension === '' ? station : extension;
      if (found === '') return 'no-extension';
      draft.extension = found;
      if (station !== '') draft.callerNumber = station;
      return undefined;
    };
  };

/** Digits fill a record to its end, so a shorter one was cut. */
const whole =
  (width: number): Field =>
  () =>
  (_row, _draft, state) =>
    state.line.length < width ? 'cut-short' : undefined;

const READERS: Readonly<Record<string, readonly Field[]>> = {
  pin: [text('authCode', 'pin', /^[\dA-Za-z*#]+$/)],
  account: [text('accountCode', 'account', /^[\dA-Za-z*#]+$/)],
  trunk: [text('trunk', 'trunk', /^[\dA-Za-z-]+$/)],
  destination: [text('dialedNumber', 'destination', /^[\d*#+?]+$/)],
  units: [extra('units', /^\d+$/)],
  duration: [durationElement],
};

function layoutOf(elements: string): ColumnsLayout | undefined {
  const columns: Record<string, readonly [number, number]> = {};
  let at = 1;
  for (const [index, element] of elements.split(',').entries()) {
    const m = /^\s*([A-Za-z]+)\s*=\s*(\d{1,3})\s*$/.exec(element);
    if (m === null) return undefined;
    const [name = '', width] = [m[1], Number(m[2])];
    columns[name in columns ? `${name}${index}` : name] = [at, width];
    at += width;
  }
  const width = at - 1;
  const names = Object.keys(columns);
  if (!names.includes('end') || !(names.includes('station') || names.includes('extension'))) return undefined;
  return {
    kind: 'columns',
    columns,
    fields: [whole(width), endOfConnection, stations(names), ...names.flatMap((name) => READERS[name] ?? [])],
  };
}

/** A list that cannot be read must not stop capture: the default serves. */
function layouts(options: ResolvedOptions): readonly ColumnsLayout[] {
  const layout = layoutOf(options.own['elements'] ?? DP120) ?? layoutOf(DP120);
  return layout === undefined ? [] : [layout];
}

export const hipath4000 = withCleanFront(
  defineFormat({
    id: 'unify-hipath4000',
    aliases: ['hipath4000-dp120'],
    vendor: 'Unify',
    title: 'Unify (Siemens) HiPath 4000 and OpenScape 4000, DP120 record',
    models: ['HiPath 4000', 'OpenScape 4000', 'Hicom 300'],
    transports: ['tcp-client', 'tcp-listener', 'file', 'serial'],
    confidence: 'unconfirmed',
    unsure: {
      en: 'The record of this system is programmed freely, and no public one was found. The default is a documented example in ASCII; how it prints the end and the duration is assumed. Fill in the elements from your AMO listing and check the first records.',
      vi: 'Bản ghi của hệ thống này được lập trình tự do và chưa tìm được bản ghi công khai nào. Mặc định là một ví dụ trong tài liệu, dạng ASCII; cách in giờ kết thúc và thời lượng là giả định. Hãy điền các phần tử theo danh sách AMO và kiểm tra những bản ghi đầu tiên.',
    },
    framing: { kind: 'line', maxBytes: 512 },
    options: [elementsOption, durationOption],
    defaults: { dateOrder: 'YMD', clock: '24h', timeIs: 'end' },
    codeFields: CODE_FIELDS,
    noise,
    layouts,
    assembly: singleAssembly(CODE_FIELDS),
  }),
);
