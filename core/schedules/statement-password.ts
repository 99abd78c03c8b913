/** A password for somebody's statements: told on paper or by mouth, so without letters that look or sound alike. */
import { randomInt } from 'node:crypto';

const LETTERS = 'abcdefghkmnpqrstuvwxyz23456789';
const GROUPS = 3;
const GROUP_LENGTH = 4;

/** Such as `k7mq-2htx-n9rw`: 58 bits, more than anybody can try on a file. */
export function newStatementPassword(): string {
  const group = (): string => Array.from({ length: GROUP_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
