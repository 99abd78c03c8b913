import type { OptionDefinition } from '../types.ts';

export const chargeOption: OptionDefinition = {
  name: 'chargeIs',
  kind: 'choice',
  choices: ['auto', 'amount', 'pulses'],
  default: 'auto',
  help: {
    en: 'What the charge column counts. "auto": a number with decimals is an amount, a whole number is charge pulses. Compare with the telephone bill.',
    vi: 'Cột cước in gì. "auto": số có phần thập phân là số tiền, số nguyên là số xung cước. Hãy đối chiếu với hóa đơn điện thoại.',
  },
};
