import type { OptionDefinition } from '../types.ts';

export const incomingNumberOption: OptionDefinition = {
  name: 'incomingNumber',
  kind: 'choice',
  choices: ['auto', 'caller', 'called'],
  default: 'auto',
  help: {
    en: 'What the digits at the end of an incoming record are. Call from a telephone whose number you know: if it is printed there, choose caller; if your own number is printed, choose called. Until then they are kept apart.',
    vi: 'Các chữ số ở cuối bản ghi cuộc gọi đến là gì. Hãy gọi đến từ một máy đã biết số: nếu số đó được in ra thì chọn caller (số gọi đến); nếu số của công ty được in ra thì chọn called (số được gọi). Khi chưa rõ, chúng được giữ riêng.',
  },
};

export const chargeUnitOption: OptionDefinition = {
  name: 'chargeUnit',
  kind: 'choice',
  choices: ['money', 'pulses'],
  default: 'money',
  help: {
    en: 'What the second line 00000 nnnnnn of a BCM record counts: whole units of money or charge pulses. Compare one call with the telephone bill.',
    vi: 'Dòng thứ hai dạng 00000 nnnnnn của bản ghi BCM đếm gì: số tiền đã làm tròn hay số xung cước. Hãy so một cuộc gọi với hóa đơn điện thoại.',
  },
};
