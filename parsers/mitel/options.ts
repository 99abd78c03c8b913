import type { OptionDefinition } from '../types.ts';
import { LAYOUTS } from './columns.ts';

export const layoutOption: OptionDefinition = {
  name: 'layout',
  kind: 'choice',
  choices: ['auto', ...LAYOUTS],
  default: 'auto',
  help: {
    en: 'Columns of the record, set by the SMDR options of the PBX: standard (90 characters), extended (101), level1 (169), level2 (207, with seconds in the start time). "auto" finds them from the places of the colons.',
    vi: 'Các cột của bản ghi, do mục SMDR Options của tổng đài quyết định: standard (90 ký tự), extended (101), level1 (169), level2 (207, giờ bắt đầu có cả giây). "auto" tự nhận ra nhờ vị trí các dấu hai chấm.',
  },
};

/** Stands in the place of the common option. */
export const clockOption: OptionDefinition = {
  name: 'clock',
  kind: 'choice',
  choices: ['auto', '12h', '24h'],
  default: 'auto',
  help: {
    en: 'Clock of the start times. "auto": 12 hours once a P (afternoon) has been seen, 24 hours once an hour above 12 has.',
    vi: 'Kiểu giờ bắt đầu được in. "auto": 12 giờ kể từ khi thấy chữ P (buổi chiều), 24 giờ kể từ khi thấy giờ lớn hơn 12.',
  },
};

export const meterOption: OptionDefinition = {
  name: 'meterPulses',
  kind: 'choice',
  choices: ['auto', 'yes', 'no'],
  default: 'auto',
  help: {
    en: 'Whether the last five places of the digits are meter pulses. "auto": when five digits stand there behind a blank.',
    vi: 'Năm vị trí cuối của cột số đã bấm có phải là xung cước hay không. "auto": có, nếu ở đó là năm chữ số đứng sau một khoảng trống.',
  },
};

export const incomingNumberOption: OptionDefinition = {
  name: 'incomingNumber',
  kind: 'choice',
  choices: ['caller', 'called'],
  default: 'caller',
  help: {
    en: 'What a single number in the digits of an incoming call is: the caller, or the number that was called (DID, DNIS).',
    vi: 'Khi cuộc gọi đến chỉ in một số, đó là số người gọi (caller) hay số được gọi đến (called: DID, DNIS).',
  },
};

export const wideCostOption: OptionDefinition = {
  name: 'wideCost',
  kind: 'choice',
  choices: ['dollars', 'cents'],
  default: 'dollars',
  help: {
    en: 'What five digits without a point are: from 100 dollars on the cost is printed so. Compare with the PBX’s own report.',
    vi: 'Năm chữ số không có dấu chấm là đô la hay xu: từ 100 đô la trở lên, cước được in như vậy. Hãy so với báo cáo của chính tổng đài.',
  },
};
