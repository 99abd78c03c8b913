/** Fetches newer versions from the feed that the service names, and says when one is ready to be put in at the next start. */
/** The part of electron-updater that is used. */
export interface Updater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  setFeedURL(feed: { readonly provider: 'generic'; readonly url: string }): void;
  checkForUpdates(): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'update-downloaded', listener: (update: { readonly version: string }) => void): unknown;
}

export interface Updates {
  /** Address of the feed's folder; empty: nothing is looked for. */
  follow(feed: string): void;
}

const DAY_MS = 86_400_000;

/** `load`: the updater is large, and needed only where there is a feed. Failures are the feed's, and no reason to disturb anybody. */
export function startUpdates(load: () => Promise<Updater>, onReady: (version: string) => void): Updates {
  let updater: Updater | undefined;
  let timer: NodeJS.Timeout | undefined;
  let present = '';

  const look = async (feed: string): Promise<void> => {
    if (updater === undefined) {
      updater = await load();
      updater.autoDownload = true;
      updater.autoInstallOnAppQuit = true;
      updater.on('error', () => undefined);
      updater.on('update-downloaded', ({ version }) => onReady(version));
    }
    if (feed !== present) return;
    updater.setFeedURL({ provider: 'generic', url: feed });
    await updater.checkForUpdates();
  };

  return {
    follow(feed) {
      if (feed === present) return;
      present = feed;
      clearInterval(timer);
      if (feed === '') return;
      const again = (): void => {
        look(feed).catch(() => undefined);
      };
      again();
      timer = setInterval(again, DAY_MS);
    },
  };
}
