/**
 * Every format of this site: the built-in ones and its own, which stand in the database. A lookup asks the database for
 * the newest version, so whoever holds a catalogue sees a change at the next lookup, in any thread.
 */
import { compileDefinition } from '../../parsers/definition/compile.ts';
import type { DefinitionFile } from '../../parsers/definition/definition-file.ts';
import { formatById, formats } from '../../parsers/registry.ts';
import type { FormatDefinition } from '../../parsers/types.ts';
import type { Database } from '../store/database.ts';
import { FormatDefinitionStore, type StoredDefinition } from '../store/format-definitions.ts';

/** Ids of own formats begin with this, so they never meet a built-in one of a later version. */
export const OWN_PREFIX = 'own-';

interface Compiled {
  readonly version: number;
  readonly format: FormatDefinition;
}

export class FormatCatalogue {
  readonly #store: FormatDefinitionStore;
  readonly #compiled = new Map<string, Compiled>();

  constructor(db: Database) {
    this.#store = new FormatDefinitionStore(db);
  }

  /** By id or alias; an own format that was removed is still found, for the calls that name it. */
  byId(id: string): FormatDefinition | undefined {
    if (!id.startsWith(OWN_PREFIX)) return formatById(id);
    const version = this.#store.newestVersion(id);
    if (version === undefined) return undefined;
    const known = this.#compiled.get(id);
    if (known?.version === version) return known.format;
    const stored = this.#store.get(id);
    return stored === undefined ? undefined : this.#compile(stored);
  }

  /** The built-in ones, then the site's own by title. */
  list(): readonly FormatDefinition[] {
    return [...formats, ...this.own()];
  }

  own(): readonly FormatDefinition[] {
    return this.#store.list().map((stored) => {
      const known = this.#compiled.get(stored.id);
      return known?.version === stored.version ? known.format : this.#compile(stored);
    });
  }

  #compile(stored: StoredDefinition): FormatDefinition {
    // Checked when it was stored; see routes/format-definitions.ts.
    const format = compileDefinition(JSON.parse(stored.definition) as DefinitionFile);
    this.#compiled.set(stored.id, { version: stored.version, format });
    return format;
  }
}
