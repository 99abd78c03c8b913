/** What a source had counted when each import of this run began. The threads count by source, a page shows one import. */
import type { IngestCounts } from '../ingest/control.ts';

export class ImportBaselines {
  readonly #counts = new Map<string, IngestCounts>();

  remember(importId: string, counts: IngestCounts): void {
    this.#counts.set(importId, { ...counts });
  }

  of(importId: string): IngestCounts | undefined {
    return this.#counts.get(importId);
  }
}
