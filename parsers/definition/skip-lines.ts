/** Lines that are known and no call: rules of a definition as patterns. */
import type { DateLine, SkipRule } from './definition-file.ts';

const SPECIAL = /[\\^$.*+?()[\]{}|/]/g;
const escapeText = (text: string): string => text.replace(SPECIAL, '\\$&');

/** Text of the example's shape: digits may be others and more or fewer, runs of blanks longer or shorter. */
function bodyLike(example: string): string {
  const parts = example.match(/\d+|\s+|[^\d\s]+/g) ?? [];
  return parts.map((part) => (/^\d/.test(part) ? '\\d+' : /^\s/.test(part) ? '\\s+' : escapeText(part))).join('');
}

function patternLike(example: string): RegExp {
  return new RegExp(`^\\s*${bodyLike(example.trim())}\\s*$`, 'u');
}

const WEEKDAY = /\b(?:mon|tue|wed|thu|fri|sat|sun)\p{L}*/giu;
/** Text around a date: the day of the week is another in every heading. */
const aroundLike = (text: string): string => text.split(WEEKDAY).map(bodyLike).join('\\p{L}+');

/** Letters of the date may be others too: months have names. */
export function dateLinePattern(line: DateLine): RegExp {
  if ('pattern' in line) return new RegExp(line.pattern, 'u');
  const { like, start, width } = line;
  const [before, date, after] = [
    like.slice(0, start - 1),
    like.slice(start - 1, start - 1 + width),
    like.slice(start - 1 + width),
  ];
  const letters = bodyLike(date.trim()).replace(/\p{L}{3,}/gu, '\\p{L}+');
  return new RegExp(
    `^\\s*${aroundLike(before.trimStart())}(?<date>${letters})${aroundLike(after.trimEnd())}\\s*$`,
    'u',
  );
}

export function skipPattern(rule: SkipRule): RegExp {
  if ('pattern' in rule) return new RegExp(rule.pattern, 'u');
  if ('like' in rule) return patternLike(rule.like);
  if ('startsWith' in rule) return new RegExp(`^\\s*${escapeText(rule.startsWith.trimStart())}`, 'u');
  return new RegExp(escapeText(rule.contains), 'u');
}
