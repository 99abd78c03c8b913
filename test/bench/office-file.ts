/** A file of Panasonic pattern A lines of an office of 60 people, for measuring. The same seed gives the same bytes. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { civilFromDays, daysFromCivil } from '../../core/model/time.ts';

export const OFFICE_PEOPLE = 60;
export const codeOf = (person: number): string => String(4000 + person);
export const extensionOf = (person: number): string => String(100 + person);

const LINES_A_DAY = 4000;
const NUMBERS = 120_000;
const two = (n: number): string => String(n).padStart(2, '0');

export function writeOfficeFile(path: string, lines: number): void {
  let state = 12345;
  const roll = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
  const numbers = Array.from({ length: NUMBERS }, () => someNumber(roll));
  const firstDay = daysFromCivil(2026, 1, 1);
  const file = openSync(path, 'w');
  let text = '';
  for (let i = 0; i < lines; i += 1) {
    const day = civilFromDays(firstDay + Math.floor(i / LINES_A_DAY));
    const minute = 420 + Math.floor(((i % LINES_A_DAY) / LINES_A_DAY) * 720);
    const at = `${two(day.day)}/${two(day.month)}/${two(day.year % 100)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
    const person = roll(OFFICE_PEOPLE);
    const trunk = two(1 + roll(30));
    // A few numbers are called often, most seldom.
    const number = numbers[Math.floor((roll(1_000_000) / 1_000_000) ** 2 * NUMBERS)] ?? '';
    const talk = roll(600);
    const duration = `00:${two(Math.floor(talk / 60))}'${two(talk % 60)}`;
    const kind = roll(100);
    if (kind < 60) {
      // From anybody's telephone: the code says whose call it is.
      const code = kind < 55 ? codeOf(person) : kind < 58 ? '' : '7777';
      text += line(at, extensionOf(roll(OFFICE_PEOPLE)), trunk, number, '', duration, code, '');
    } else if (kind < 90) {
      text += line(at, extensionOf(person), trunk, `<I>${number}`, `0'${two(roll(40))}`, duration, '', '');
    } else if (kind < 94) {
      text += line(at, extensionOf(person), trunk, `<I>${number}`, `0'${two(roll(40))}`, "00:00'00", '', 'NA');
    } else {
      text += line(at, extensionOf(person), '', `EXT${extensionOf(roll(OFFICE_PEOPLE))}`, '', '', '', '');
    }
    if (text.length > 2 ** 20) {
      writeSync(file, text, null, 'latin1');
      text = '';
    }
  }
  writeSync(file, text, null, 'latin1');
  closeSync(file);
}

function someNumber(roll: (below: number) => number): string {
  const digits = (count: number): string => String(roll(10 ** count)).padStart(count, '0');
  const kind = roll(100);
  if (kind < 60) return `09${roll(9)}${digits(7)}`;
  if (kind < 85) return `0243${digits(7)}`;
  if (kind < 95) return `0283${digits(7)}`;
  return `0081${digits(9)}`;
}

function line(
  at: string,
  extension: string,
  trunk: string,
  number: string,
  ring: string,
  duration: string,
  code: string,
  condition: string,
): string {
  const head = `${at}   ${extension.padStart(5)} ${trunk.padEnd(2)} ${number.padEnd(25)}`;
  return `${head} ${ring.padEnd(4)} ${duration.padEnd(8)} ${code.padEnd(10)} ${condition.padEnd(3)}\r\n`;
}
