/** Reads quarantined bytes of a source again with its present format. What is read leaves the quarantine as calls. */
import { type CallId, callIdOf, sourceOffsetOf } from '../model/call.ts';
import type { QuarantineRow } from '../store/quarantine.ts';
import type { Ingest } from './ingest.ts';
import { StreamReader, type StreamSink, type UnreadStretch } from './stream-reader.ts';

const CHUNK_ROWS = 500;

interface OutcomeChange {
  readonly outcome: string;
  readonly rule: string;
  readonly frames: number;
  readonly bytes: number;
}

/** Yields, chunk by chunk, how many rows were read to the end and how many are left in some part. */
export function* readAgain(
  ingest: Ingest,
  sourceId: number,
): Generator<{ readonly read: number; readonly left: number }> {
  let after: CallId = -1;
  for (;;) {
    const result = ingest.change(() => {
      const rows = ingest.quarantine.ofSource(sourceId, after, CHUNK_ROWS);
      let left = 0;
      for (const row of rows) if (!readRow(ingest, sourceId, row)) left += 1;
      after = rows.at(-1)?.id ?? after;
      return { rows: rows.length, left };
    });
    yield { read: result.rows - result.left, left: result.left };
    if (result.rows < CHUNK_ROWS) return;
  }
}

/** True when nothing of the row is left unread. */
function readRow(ingest: Ingest, sourceId: number, row: QuarantineRow): boolean {
  const { row: source, format } = ingest.sourceOf(sourceId);
  const offset = sourceOffsetOf(row.id);
  const frame = ingest.journal.readFrame(sourceId, offset, row.byteLength);
  if (frame === undefined) return false;
  const unread: UnreadStretch[] = [];
  const changes: OutcomeChange[] = [];
  const calls: Parameters<StreamSink['call']>[] = [];
  const sink: StreamSink = {
    call: (...call) => void calls.push(call),
    unread: (stretch) => void unread.push({ ...stretch }),
    unreadAt: () => undefined,
    count: (outcome, rule, frames, bytes) => void changes.push({ outcome, rule, frames, bytes }),
  };
  const reader = new StreamReader(frame.streamId, format, source.formatOptions, sink);
  reader.push(offset, frame.bytes, row.receivedAtMs);
  reader.end();
  reader.flush();
  if (calls.length === 0 && unread.length > 0) return false;

  for (const [call, firstOffset, span] of calls) ingest.storeCall(sourceId, call, firstOffset, span);
  ingest.quarantine.remove(row.id);
  for (const stretch of unread) {
    ingest.quarantine.put({
      id: callIdOf(sourceId, stretch.offset),
      byteLength: stretch.byteLength,
      frameCount: stretch.frameCount,
      receivedAtMs: stretch.receivedAtMs,
      formatId: source.formatId,
      reason: stretch.reason,
      detail: stretch.detail ?? null,
      text: stretch.text,
    });
  }
  ingest.addCount(sourceId, 'malformed', row.reason, -row.frameCount, -row.byteLength, row.receivedAtMs);
  for (const { outcome, rule, frames, bytes } of changes) {
    ingest.addCount(sourceId, outcome, rule, frames, bytes, row.receivedAtMs);
  }
  return unread.length === 0;
}
