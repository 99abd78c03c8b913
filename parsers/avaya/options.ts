import type { CodeField } from '../../core/model/call.ts';
import type { FormatOptions, OptionDefinition } from '../types.ts';

export const CODE_SOURCES = [
  'authorization-then-account',
  'account-then-authorization',
  'authorization',
  'account',
] as const;
export type CodeSource = (typeof CODE_SOURCES)[number];

export const AVAYA_IP_OFFICE_OPTIONS: readonly OptionDefinition[] = [
  {
    name: 'codeSource',
    kind: 'choice',
    choices: CODE_SOURCES,
    default: 'authorization-then-account',
    help: {
      en: 'Which printed code is the personal code: the authorization code (field 19), the account code (field 8), or one and else the other.',
      vi: 'Mã in ra nào là mã cá nhân: mã ủy quyền (trường 19), mã tài khoản (trường 8), hoặc lấy một mã, nếu không có thì lấy mã kia.',
    },
  },
];

export function codeSourceOf(options: FormatOptions): CodeSource {
  return CODE_SOURCES.find((source) => source === options['codeSource']) ?? 'authorization-then-account';
}

export const CM_CODE_SOURCE: OptionDefinition = {
  name: 'codeSource',
  kind: 'choice',
  choices: CODE_SOURCES,
  default: 'authorization-then-account',
  help: {
    en: 'Which printed code is the personal code: the authorization code, the account code, or one and else the other. In the LSU, 59-character and direct pages only account codes may be printed.',
    vi: 'Mã in ra nào là mã cá nhân: mã ủy quyền, mã tài khoản, hoặc lấy một mã, nếu không có thì lấy mã kia. Ở các bố cục LSU, 59 ký tự và direct có thể chỉ in mã tài khoản.',
  },
};

const CODE_FIELDS: Readonly<Record<CodeSource, readonly CodeField[]>> = {
  'authorization-then-account': ['authorization', 'account'],
  'account-then-authorization': ['account', 'authorization'],
  authorization: ['authorization'],
  account: ['account'],
};

/** Where Communication Manager's records have the personal code, best first. */
export function codeFieldsOf(options: FormatOptions): readonly CodeField[] {
  return CODE_FIELDS[codeSourceOf(options)];
}
