/** Routes of price lists: import in steps, kept layouts, checks and export of versions. */
import { z } from 'zod';
import { route } from '../route.ts';
import { idParams } from './common.ts';
import {
  Deck,
  DeckChangeKind,
  DeckChangePage,
  DeckConfirmation,
  DeckFit,
  DeckPresetInput,
  DeckPresets,
  DeckPreview,
  DeckPreviewInput,
  DeckReadInput,
  DeckWarning,
} from './decks.ts';
import { TariffVersion } from './tariffs.ts';

const deckParams = z.object({ deckId: z.string().max(100) });
const layout = z.string().max(40).default('tollbook');

export const deckRoutes = {
  uploadDeck: route({
    method: 'POST',
    path: '/api/decks',
    access: 'change-prices',
    summary: 'Read a price list (CSV, xlsx) with the layout that its headings show; nothing is stored',
    query: z.object({
      fileName: z.string().max(300),
      tariffId: z.coerce.number().int().optional(),
      /** Adds a table to a price list of several files. */
      deckId: z.string().max(100).optional(),
    }),
    accepts: 'bytes',
    response: Deck,
  }),
  readDeck: route({
    method: 'POST',
    path: '/api/decks/:deckId/reading',
    access: 'change-prices',
    summary: 'Read an uploaded price list with other columns or answers',
    params: deckParams,
    body: DeckReadInput,
    response: Deck,
  }),
  previewDeck: route({
    method: 'POST',
    path: '/api/decks/:deckId/preview',
    access: 'change-prices',
    summary: 'What the price list changes in a tariff, with warnings; nothing is stored',
    params: deckParams,
    body: DeckPreviewInput,
    response: DeckPreview,
  }),
  listDeckChanges: route({
    method: 'GET',
    path: '/api/decks/:deckId/changes',
    access: 'read-prices',
    summary: 'One page of the changes of the last preview',
    params: deckParams,
    query: z.object({
      kind: DeckChangeKind.optional(),
      /** First digits of the prefix, or a part of the name. */
      text: z.string().max(100).optional(),
      offset: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    response: DeckChangePage,
  }),
  confirmDeck: route({
    method: 'POST',
    path: '/api/decks/:deckId/confirm',
    access: 'change-prices',
    summary: 'Store what was previewed as a new version: a draft, or published from a day on',
    params: deckParams,
    body: DeckConfirmation,
    response: TariffVersion,
  }),
  listDeckPresets: route({
    method: 'GET',
    path: '/api/deck-presets',
    access: 'read-prices',
    summary: 'Layouts of price lists: built in, and kept here',
    response: DeckPresets,
  }),
  saveDeckPreset: route({
    method: 'POST',
    path: '/api/deck-presets',
    access: 'change-prices',
    summary: 'Keep a layout under a name; files with the same headings are read with it',
    body: DeckPresetInput,
    response: DeckPresets,
  }),
  removeDeckPreset: route({
    method: 'DELETE',
    path: '/api/deck-presets/:id',
    access: 'change-prices',
    summary: 'Forget a kept layout',
    params: idParams,
  }),
  checkTariffVersion: route({
    method: 'GET',
    path: '/api/tariff-versions/:id/checks',
    access: 'read-prices',
    summary: 'What a careful person would look at in a version',
    params: idParams,
    response: z.array(DeckWarning),
  }),
  fitDeck: route({
    method: 'GET',
    path: '/api/tariff-versions/:id/deck/fit',
    access: 'read-prices',
    summary: 'Which rates of a version a layout can hold',
    params: idParams,
    query: z.object({ layout }),
    response: DeckFit,
  }),
  exportDeck: route({
    method: 'GET',
    path: '/api/tariff-versions/:id/deck',
    access: 'read-prices',
    summary: 'A version as a price list: in our own columns, which hold all of it, or in the layout of another program',
    params: idParams,
    query: z.object({ type: z.enum(['csv', 'xlsx']), layout }),
    produces: 'file',
  }),
} as const;
