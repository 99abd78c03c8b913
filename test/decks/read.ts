/** Reads decks that tests write as lines of text. */
import type { DeckAnswers, DeckReading, DeckTable } from '../../core/decks/deck-layout.ts';
import { guessLayout } from '../../core/decks/guess-layout.ts';
import { type ReadOptions, readDeck } from '../../core/decks/read-deck.ts';
import { readTableFile } from '../../core/people/table-file.ts';

export const HOME = { countryCode: '84', trunkPrefix: '0' };

export async function tableOf(text: string, fileName = 'deck.csv'): Promise<DeckTable> {
  const rows = await readTableFile(new TextEncoder().encode(text), { separators: [',', ';', '\t', '|', ':'] });
  return { fileName, rows };
}

export async function read(
  text: string,
  answers: DeckAnswers = {},
  options: ReadOptions = { home: HOME, currency: 'VND' },
): Promise<DeckReading> {
  const table = await tableOf(text);
  return readDeck([table], { ...guessLayout(table), answers }, options);
}

export const rates = (reading: DeckReading): readonly unknown[] => reading.rates.map(({ rate }) => rate);

export const open = (reading: DeckReading): readonly string[] =>
  reading.settings.filter(({ reason }) => reason === 'open').map(({ setting }) => setting);
