/** What an import has reached: the file as it is read, the wishes, and the last preview. */
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { z } from 'zod';
import { type Deck, DeckLayout, type DeckMode, type DeckPreview } from '../../../core/api/contract.ts';
import { useKept } from '../../kept.ts';
import { useWrite } from '../../query-client.ts';

export interface DeckImportState {
  readonly deck: Deck | undefined;
  readonly mode: DeckMode;
  readonly leaveOut: boolean;
  readonly preview: DeckPreview | undefined;
  readonly isBusy: boolean;
  readonly error: Error | null;
  upload(file: File, isAnother: boolean): void;
  read(layout: DeckLayout): void;
  look(wish: { readonly mode?: DeckMode; readonly leaveOut?: boolean }): void;
}

export function useDeckImport(tariffId: number | null): DeckImportState {
  const navigate = useNavigate();
  const [deck, setDeck] = useState<Deck>();
  const [mode, setMode] = useState<DeckMode>('replace');
  const [leaveOut, setLeaveOut] = useState(false);
  const [kept, keep] = useKept(`deck-${tariffId ?? 'new'}`, Kept);
  const onRead = (answer: Deck): void => {
    setDeck(answer);
    keep({ deckId: answer.deckId, layout: answer.layout });
  };
  const upload = useWrite('uploadDeck', { showsErrors: true, onDone: onRead });
  const into = tariffId === null ? '' : `?into=${tariffId}`;
  const take = useWrite('keepTariffFile', {
    showsErrors: true,
    onDone: ({ id }) => void navigate(`/tariffs/opened/${id}${into}`),
  });
  const read = useWrite('readDeck', { showsErrors: true, onDone: onRead });
  const again = useWrite('readDeck', { showsErrors: true, onDone: onRead });
  const preview = useWrite('previewDeck', { showsErrors: true });

  // A reload in the middle: the service still has the file. Where it has not, the import begins anew.
  const resume = useRef(() => {
    if (kept === undefined) return;
    again.mutate(
      { params: { deckId: kept.deckId }, body: { layout: kept.layout, tariffId } },
      { onError: () => keep(undefined) },
    );
  });
  useEffect(() => resume.current(), []);
  return {
    deck,
    mode,
    leaveOut,
    preview: preview.data,
    isBusy: again.isPending || upload.isPending || take.isPending || read.isPending || preview.isPending,
    error: upload.error ?? take.error ?? read.error ?? preview.error,
    upload(file, isAnother) {
      if (isTariffFile(file.name)) {
        take.mutate({ query: { fileName: file.name }, body: file });
        return;
      }
      preview.reset();
      const added = isAnother && deck !== undefined ? { deckId: deck.deckId } : {};
      const target = tariffId === null ? {} : { tariffId };
      upload.mutate({ query: { fileName: file.name, ...target, ...added }, body: file });
    },
    read(layout) {
      if (deck === undefined) return;
      preview.reset();
      // Shown at once; the service's reading follows.
      setDeck({ ...deck, layout });
      read.mutate({ params: { deckId: deck.deckId }, body: { layout, tariffId } });
    },
    look(wish) {
      if (deck === undefined) return;
      const wanted = { mode, leaveOut, ...wish };
      setMode(wanted.mode);
      setLeaveOut(wanted.leaveOut);
      preview.mutate({ params: { deckId: deck.deckId }, body: { layout: deck.layout, tariffId, ...wanted } });
    },
  };
}

/** A whole tariff as this program exports it: no table whose columns have to be found out. */
const isTariffFile = (name: string): boolean => /\.(?:tbtariff|json)$/i.test(name);

const Kept = z.object({ deckId: z.string(), layout: DeckLayout });

/** Everything that must be known before the file can be read. */
export function isWaiting(deck: Deck): boolean {
  return deck.missing.length > 0 || deck.settings.some(({ reason }) => reason === 'open');
}
