/** Which passwords are taken. Length is what counts; what anybody would try first is refused. */

export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 200;

export type PasswordFault = 'passwordShort' | 'passwordLong' | 'passwordLikeName' | 'passwordEasy';

const EASY = [
  'password',
  'matkhau',
  'tollbook',
  'qwerty',
  'asdfgh',
  'iloveyou',
  'welcome',
  'admin',
  'letmein',
  '123456789',
  '987654321',
];

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** How little is left of a password once what anybody would try is taken out. */
const LEAST_REST = 4;

/** What is wrong with a password for somebody of that login and name; undefined: nothing. */
export function passwordFault(
  password: string,
  { login, name }: { readonly login: string; readonly name: string },
): PasswordFault | undefined {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) return 'passwordShort';
  if (length > LONGEST_PASSWORD) return 'passwordLong';
  const text = plain(password);
  const isNear = (word: string): boolean =>
    word.length >= LEAST_REST && text.includes(word) && text.length - word.length < LEAST_REST;
  if (isNear(plain(login)) || isNear(plain(name))) return 'passwordLikeName';
  if (new Set(password.toLowerCase()).size < LEAST_REST || EASY.some(isNear)) return 'passwordEasy';
  return undefined;
}
