/** Names of files that people are given: every letter of their language stays, nothing a system trips over does. */

const MAX_CHARACTERS = 100;
/** Characters that some system takes for a path, a wildcard or a stream. */
const FORBIDDEN = /[\\/:*?"<>|\p{C}]/gu;
/** What Windows keeps for devices, whatever the ending. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** One name without its ending; never empty. */
export function safeName(text: string, otherwise: string): string {
  const clean = [...text.normalize('NFC').replace(FORBIDDEN, ' ').replace(/\s+/g, ' ')]
    .slice(0, MAX_CHARACTERS)
    .join('')
    // Dots and spaces at an end hide a file or are cut off.
    .replace(/^[. ]+|[. ]+$/g, '');
  if (clean === '') return otherwise;
  return DEVICES.test(clean) ? `_${clean}` : clean;
}

/** Gives every file a name of its own, also where capital letters make no difference. */
export class UniqueNames {
  readonly #taken = new Set<string>();

  take(name: string, ending: string): string {
    for (let n = 1; ; n += 1) {
      const candidate = `${n === 1 ? name : `${name} (${n})`}${ending}`;
      const folded = candidate.toLowerCase();
      if (this.#taken.has(folded)) continue;
      this.#taken.add(folded);
      return candidate;
    }
  }
}
