/** Bytes that no rule could read, as the quarantine keeps them. */
import { callIdOf } from '../model/call.ts';
import type { QuarantineRow } from '../store/quarantine.ts';
import type { UnreadStretch } from './stream-reader.ts';

export function quarantineRow(sourceId: number, formatId: string, stretch: UnreadStretch): QuarantineRow {
  const { offset, detail, ...rest } = stretch;
  return { id: callIdOf(sourceId, offset), formatId, detail: detail ?? null, ...rest };
}

export function unreadStretch(offset: number, row: QuarantineRow): UnreadStretch {
  const { receivedAtMs, reason, detail, byteLength, frameCount, text } = row;
  return { offset, receivedAtMs, reason, detail: detail ?? undefined, byteLength, frameCount, text };
}
