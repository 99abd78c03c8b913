/** Settings of the site, with what holds until someone sets them. Kept as JSON by key. */
import type { Database } from './database.ts';

export interface SiteSettings {
  readonly companyName: string;
  readonly language: 'auto' | 'vi' | 'en';
  /** IANA name. */
  readonly timeZone: string;
  /** Digits that reach an outside line, separated by commas; empty where none is dialled. */
  readonly outsideDigits: string;
  readonly countryCode: string;
  readonly areaCode: string;
  /** Separated by commas. */
  readonly carrierCodes: string;
  readonly extensionMaxDigits: number;
  /** `100-199,2000-2999`; empty: any number up to `extensionMaxDigits`. */
  readonly extensionRanges: string;
  /** What a cost printed by the PBX counts for. */
  readonly pbxCostUse: 'rate' | 'trust' | 'compare';
  /** `HH:MM`. */
  readonly officeFrom: string;
  readonly officeTo: string;
  /** ISO weekdays. */
  readonly officeDays: readonly number[];
  readonly quietMinutes: number;
  readonly isWizardDone: boolean;
  readonly showCodes: boolean;
  /** Folder of the feed of newer versions, an address of the web; empty: nobody is asked. */
  readonly updateFeed: string;
  /** Names of people on a screen that everybody passes. */
  readonly wallboardShowsNames: boolean;
}

export const DEFAULT_SETTINGS: SiteSettings = {
  companyName: '',
  language: 'auto',
  timeZone: 'Asia/Ho_Chi_Minh',
  outsideDigits: '9',
  countryCode: '84',
  areaCode: '24',
  carrierCodes: '171,177,178,179,1717,1718,1719,1720',
  extensionMaxDigits: 5,
  extensionRanges: '',
  pbxCostUse: 'rate',
  officeFrom: '08:00',
  officeTo: '17:30',
  officeDays: [1, 2, 3, 4, 5, 6],
  quietMinutes: 60,
  isWizardDone: false,
  showCodes: false,
  updateFeed: '',
  wallboardShowsNames: false,
};

export class SettingsStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  get(): SiteSettings {
    const rows = this.#db.prepare('SELECT key, value FROM settings').all() as { key: string; value: string }[];
    const stored = rows.filter((row) => Object.hasOwn(DEFAULT_SETTINGS, row.key));
    return { ...DEFAULT_SETTINGS, ...Object.fromEntries(stored.map((row) => [row.key, JSON.parse(row.value)])) };
  }

  /** Changes the settings named; values are checked by the caller. */
  change(changes: { readonly [Key in keyof SiteSettings]?: SiteSettings[Key] | undefined }): SiteSettings {
    const put = this.#db.prepare(
      'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    );
    this.#db.transaction(() => {
      for (const [key, value] of Object.entries(changes)) {
        if (value !== undefined && Object.hasOwn(DEFAULT_SETTINGS, key)) put.run(key, JSON.stringify(value));
      }
    })();
    return this.get();
  }
}
