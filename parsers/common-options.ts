/** The options of a format as people set them: its own, and those that every format understands. */
import type { FormatDefinition, OptionDefinition } from './types.ts';

/** What every format understands; a format's defaults stand in `FormatDefinition.defaults`. */
const COMMON_OPTIONS = [
  {
    name: 'dateOrder',
    kind: 'choice',
    choices: ['DMY', 'MDY', 'YMD', 'YDM', 'MD', 'DM'],
    default: 'DMY',
    help: {
      en: 'Order of day, month and year in a date. A date with a day above 12 proves it.',
      vi: 'Thứ tự ngày, tháng, năm. Một ngày lớn hơn 12 sẽ cho biết chắc.',
    },
  },
  {
    name: 'clock',
    kind: 'choice',
    choices: ['12h', '24h'],
    default: '24h',
    help: { en: 'Clock of the printed times.', vi: 'Kiểu giờ được in.' },
  },
  {
    name: 'timeIs',
    kind: 'choice',
    choices: ['start', 'answer', 'end'],
    default: 'start',
    help: {
      en: 'Which moment of the call the printed time is.',
      vi: 'Giờ được in là thời điểm nào của cuộc gọi.',
    },
  },
  {
    name: 'encoding',
    kind: 'text',
    default: 'latin1',
    help: {
      en: 'Character set of names: utf-8, latin1, cp866, windows-1251, windows-1258, gbk and others.',
      vi: 'Bộ ký tự của tên: utf-8, latin1, cp866, windows-1251, windows-1258, gbk và các bộ khác.',
    },
  },
  {
    name: 'timeZone',
    kind: 'text',
    help: {
      en: 'Zone of the PBX’s clock, such as Asia/Ho_Chi_Minh. Without it: the zone of the site.',
      vi: 'Múi giờ của đồng hồ tổng đài, ví dụ Asia/Ho_Chi_Minh. Để trống: múi giờ của nơi đặt máy.',
    },
  },
  {
    name: 'firstDate',
    kind: 'text',
    help: {
      en: 'For an old file whose lines print no year or no date: the day of its first record, as YYYY-MM-DD. Later dates are counted on from it. Without it the time of arrival decides.',
      vi: 'Dùng cho tệp cũ mà các dòng không in năm hoặc không in ngày: ngày của bản ghi đầu tiên, dạng YYYY-MM-DD. Các ngày sau được tính tiếp từ đó. Để trống: theo thời điểm nhận được.',
    },
  },
] as const satisfies readonly OptionDefinition[];

/** A format's own options and the common ones it does not define itself, each with this format's default. */
export function optionsOf(format: FormatDefinition): readonly OptionDefinition[] {
  const own = new Set(format.options.map(({ name }) => name));
  const common = COMMON_OPTIONS.filter(({ name }) => !own.has(name)).map((option): OptionDefinition => {
    const usual = format.defaults[option.name] ?? ('default' in option ? option.default : undefined);
    return { ...option, ...(usual !== undefined && { default: usual }) };
  });
  return [...format.options, ...common];
}
