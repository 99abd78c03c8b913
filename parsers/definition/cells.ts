/** What one cell says before its meaning is asked for: padding and leading texts cut, words understood. */
import type { Draft } from '../engine.ts';
import { foldLookAlikes } from '../text.ts';
import type { Accepted, DefinitionField, Effects, Word } from './definition-file.ts';

export function applyEffects(draft: Draft, effects: Effects | undefined): void {
  if (effects === undefined) return;
  if (effects.direction !== undefined) draft.direction = effects.direction;
  if (effects.answered !== undefined) draft.answered = effects.answered;
  if (effects.transferred !== undefined) draft.transferred = effects.transferred;
  if (effects.extra !== undefined) draft.extra = { ...draft.extra, ...effects.extra };
}

const foldWord = (text: string): string => foldLookAlikes(text.toUpperCase());

interface FoldedWord {
  readonly word: Word;
  readonly folded: string;
}

function findWord(value: string, words: readonly FoldedWord[]): Word | undefined {
  for (const { word } of words) if (word.isPrefix !== true && word.text === value) return word;
  const folded = foldWord(value);
  for (const { word, folded: wanted } of words) {
    if (word.text.length < 2) {
      if (word.isPrefix === true && value.startsWith(word.text)) return word;
    } else if (word.isPrefix === true ? folded.startsWith(wanted) : folded === wanted) return word;
  }
  return undefined;
}

export interface ReadCell {
  /** What is left for the meaning. */
  readonly value: string;
  readonly word: Word | undefined;
}

/** Reads a trimmed cell and applies what its words say. */
export type CellReader = (raw: string, draft: Draft) => ReadCell;

function trimPad(raw: string, pad: string): string {
  let [start, end] = [0, raw.length];
  const isPad = (at: number): boolean => raw.charCodeAt(at) <= 32 || pad.includes(raw.charAt(at));
  while (start < end && isPad(start)) start++;
  while (end > start && isPad(end - 1)) end--;
  return raw.slice(start, end);
}

/** The cell is not simply its value. */
export function saysMore({ words, pad, cut, whenBlank, otherwise }: DefinitionField): boolean {
  return [words, pad, cut, whenBlank, otherwise].some((part) => part !== undefined);
}

/** Made once per layout. */
export function cellReader(field: DefinitionField): CellReader {
  // A longer word may begin with a shorter one.
  const words = (field.words ?? [])
    .map((word) => ({ word, folded: foldWord(word.text) }))
    .sort((a, b) => b.word.text.length - a.word.text.length);
  const { pad, cut, whenCut, whenBlank, otherwise } = field;
  return (raw, draft) => {
    let value = pad === undefined ? raw : trimPad(raw, pad);
    for (const text of cut ?? []) {
      if (!value.startsWith(text)) continue;
      value = value.slice(text.length).trim();
      applyEffects(draft, whenCut);
      break;
    }
    if (value === '') {
      applyEffects(draft, whenBlank);
      return { value, word: undefined };
    }
    const word = words.length === 0 ? undefined : findWord(value, words);
    if (word === undefined) {
      applyEffects(draft, otherwise);
      return { value, word };
    }
    applyEffects(draft, word);
    return { value: word.isPrefix === true ? value.slice(word.text.length).trim() : '', word };
  };
}

const PATTERNS: Readonly<Record<Exclude<Accepted, 'anything'>, RegExp>> = {
  digits: /^\d+$/,
  // Digits with the marks of pauses, flash, secrecy and country codes.
  number: /^[+(\d*#][\d*#+PFTWXpftwx/=., ()-]*$|^[PFTWXpftwx][\d*#+PFTWXpftwx/=., ()-]*\d[\d*#+PFTWXpftwx/=., ()-]*$/,
  word: /^[\p{L}\d*#+&@_./-]+$/u,
};

export function isAccepted(value: string, accepted: Accepted): boolean {
  return accepted === 'anything' || PATTERNS[accepted].test(value);
}
