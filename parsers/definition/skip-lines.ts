/** Lines that are known and no call: rules of a definition as patterns. */
import type { SkipRule } from './definition-file.ts';

const SPECIAL = /[\\^$.*+?()[\]{}|/-]/g;
const escapeText = (text: string): string => text.replace(SPECIAL, '\\$&');

/** Lines of the example's shape: digits may be others and more or fewer, runs of blanks longer or shorter. */
export function patternLike(example: string): RegExp {
  const parts = example.trim().match(/\d+|\s+|[^\d\s]+/g) ?? [];
  const body = parts.map((part) => (/^\d/.test(part) ? '\\d+' : /^\s/.test(part) ? '\\s+' : escapeText(part)));
  return new RegExp(`^\\s*${body.join('')}\\s*$`, 'u');
}

export function skipPattern(rule: SkipRule): RegExp {
  if ('pattern' in rule) return new RegExp(rule.pattern, 'u');
  if ('like' in rule) return patternLike(rule.like);
  if ('startsWith' in rule) return new RegExp(`^\\s*${escapeText(rule.startsWith.trimStart())}`, 'u');
  return new RegExp(escapeText(rule.contains), 'u');
}
