/** Looks once a day whether the maker's feed has a newer version. Only where an address was entered: nothing is asked otherwise. */

const DAY_MS = 86_400_000;
/** Not in the rush of a start. */
const FIRST_MS = 5 * 60_000;
const TIMEOUT_MS = 15_000;
const LIMIT_BYTES = 64 * 1024;

/** Name of the feed's file, as electron-builder writes it beside the installers of each system. */
export function feedFileName(platform: NodeJS.Platform): string {
  return platform === 'darwin' ? 'latest-mac.yml' : platform === 'linux' ? 'latest-linux.yml' : 'latest.yml';
}

/** The version that a feed offers; undefined when the text says none. */
export function versionInFeed(text: string): string | undefined {
  return /^version:\s*['"]?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)['"]?\s*$/m.exec(text)?.[1];
}

interface Version {
  readonly numbers: readonly number[];
  readonly isPreview: boolean;
}

function versionOf(text: string): Version {
  const [numbers = '', preview] = text.split(/-(.*)/);
  return { numbers: numbers.split('.').map(Number), isPreview: preview !== undefined };
}

/** By the three numbers; a finished version is newer than a preview of it. */
export function isNewerVersion(offered: string, present: string): boolean {
  const [a, b] = [versionOf(offered), versionOf(present)];
  for (let i = 0; i < 3; i += 1) {
    const difference = (a.numbers[i] ?? 0) - (b.numbers[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return b.isPreview && !a.isPreview;
}

async function readFeed(feed: string, platform: NodeJS.Platform): Promise<string> {
  const url = new URL(feedFileName(platform), feed.endsWith('/') ? feed : `${feed}/`);
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
  if (!response.ok) throw new Error(`the feed answered ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > LIMIT_BYTES) throw new Error('the feed is too long');
  return new TextDecoder().decode(bytes);
}

export interface UpdateWatchOptions {
  readonly present: string;
  readonly platform: NodeJS.Platform;
  /** Address of the feed's folder; empty: nobody is asked. */
  readonly feed: () => string;
  readonly tell: (version: string) => void;
  readonly log: { warn(values: object, message: string): void };
}

export class UpdateWatch {
  readonly #options: UpdateWatchOptions;
  #timer: NodeJS.Timeout;

  constructor(options: UpdateWatchOptions) {
    this.#options = options;
    this.#timer = setTimeout(() => void this.#again(), FIRST_MS);
    this.#timer.unref();
  }

  /** Tells of a newer version; a feed that cannot be reached is only noted. */
  async look(): Promise<void> {
    const { present, platform, feed, tell, log } = this.#options;
    const address = feed();
    if (address === '') return;
    try {
      const offered = versionInFeed(await readFeed(address, platform));
      if (offered !== undefined && isNewerVersion(offered, present)) tell(offered);
    } catch (error) {
      log.warn({ err: error }, 'the feed of updates could not be read');
    }
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async #again(): Promise<void> {
    await this.look();
    this.#timer = setTimeout(() => void this.#again(), DAY_MS);
    this.#timer.unref();
  }
}
