import type { OptionDefinition } from '../types.ts';

export const codeSourceOption: OptionDefinition = {
  name: 'codeSource',
  kind: 'choice',
  choices: ['both', 'verification', 'account'],
  default: 'both',
  help: {
    en: 'Which column holds the personal code: the verification code (a star and digits in place of the extension), the account code, or the first of both that is filled.',
    vi: 'Mã cá nhân nằm ở cột nào: mã xác nhận (dấu sao và các chữ số thay cho số máy lẻ), mã tài khoản, hoặc cột đầu tiên có giá trị trong hai cột.',
  },
};
