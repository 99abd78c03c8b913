import type { CodeField } from '../../core/model/call.ts';
import type { FormatOptions, OptionDefinition } from '../types.ts';

export const codeSourceOption: OptionDefinition = {
  name: 'codeSource',
  kind: 'choice',
  choices: ['authorization-then-account', 'account-then-authorization', 'authorization', 'account'],
  default: 'authorization-then-account',
  help: {
    en: 'Which code is the personal code: the forced authorization code, the client matter code (account), or one and else the other.',
    vi: 'Mã nào là mã cá nhân: mã xác thực bắt buộc (FAC), mã vụ việc của khách hàng (CMC, là account), hoặc lấy một mã, nếu không có thì lấy mã kia.',
  },
};

export function codeFieldsOf(options: FormatOptions): readonly CodeField[] {
  switch (options['codeSource']) {
    case 'authorization':
      return ['authorization'];
    case 'account':
      return ['account'];
    case 'account-then-authorization':
      return ['account', 'authorization'];
    default:
      return ['authorization', 'account'];
  }
}

const EXTENSION_DIGITS = 6;

export const extensionDigitsOption: OptionDefinition = {
  name: 'extensionDigits',
  kind: 'number',
  default: String(EXTENSION_DIGITS),
  help: {
    en: 'The most digits an extension number has; a longer number is an outside number.',
    vi: 'Số chữ số tối đa của số máy nhánh; số dài hơn là số bên ngoài.',
  },
};

export function extensionDigitsOf(options: FormatOptions): number {
  const told = options['extensionDigits'];
  return told !== undefined && /^\d{1,2}$/.test(told) ? Number(told) : EXTENSION_DIGITS;
}
