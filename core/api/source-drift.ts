/** Whether a source's newest records are what they were, with lines that show it; and what a serial port made of them. */
import { faultReason, findSerialFault, type SerialFault, settingsToTry } from '../../parsers/detection/serial-line.ts';
import { type DriftSign, EARLIER_RECORDS, findDrift, RECENT_RECORDS } from '../ingest/drift.ts';
import { IngestState } from '../store/ingest-state.ts';
import { recentRecords } from '../store/recent-records.ts';
import type { SourceRow } from '../store/sources.ts';
import type { SourceDrift } from './contract.ts';
import type { ApiParts } from './parts.ts';
import { maskUnread, newestText } from './raw-lines.ts';

const EXAMPLES = 3;
const LINE_BYTES = 16_384;
/** A record on a serial line is shorter: what waits longer for its end has none. */
const LONGEST_RECORD_BYTES = 512;

function signOf(sign: DriftSign): SourceDrift['signs'][number] {
  const { kind, ...values } = sign;
  return { kind, values };
}

/** Only where lines cannot be read: good records are proof enough of the port. */
function faultOf(parts: ApiParts, source: SourceRow): SerialFault | undefined {
  if (source.config.kind !== 'serial') return undefined;
  return findSerialFault(newestText(parts.deps.journal, source).slice(-LINE_BYTES));
}

/** Bytes without line ends never become a frame that could be counted as unread. */
function isStuck(parts: ApiParts, { id, config }: SourceRow): boolean {
  if (config.kind !== 'serial') return false;
  const open = new IngestState(parts.deps.db).unfinishedStreams(id);
  const newest = Math.max(0, ...open.map(({ nextOffset }) => nextOffset));
  return open.length > 0 && parts.deps.journal.head(id).nextOffset - newest > LONGEST_RECORD_BYTES;
}

export function driftOf(parts: ApiParts, source: SourceRow): SourceDrift {
  const { recent, earlier } = recentRecords(parts.deps.db, source.id, {
    recent: RECENT_RECORDS,
    earlier: EARLIER_RECORDS,
  });
  const signs = findDrift(earlier, recent);
  const isMostlyUnread = recent.unreadFrames > recent.records.length;
  const fault = isMostlyUnread || isStuck(parts, source) ? faultOf(parts, source) : undefined;
  const secrets = parts.secrets();
  const formats = parts.formats.list();
  const examples =
    recent.unreadFrames === 0 || (signs.length === 0 && fault === undefined)
      ? []
      : parts.quarantine
          .list({ sourceId: source.id, limit: EXAMPLES })
          .map(({ text }) => maskUnread(text, secrets, formats));
  return {
    signs: signs.map(signOf),
    examples,
    lineFault: fault === undefined ? null : faultReason(fault),
    settingsToTry:
      fault === undefined || source.config.kind !== 'serial' ? [] : [...settingsToTry(fault, source.config)],
  };
}
