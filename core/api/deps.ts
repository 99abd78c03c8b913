/** What the API stands on. core/app.ts wires it; tests wire it with real stores and stubs of the two worker threads. */
import type { NetworkDoor } from '../access/network.ts';
import type { HashCost } from '../access/password-hash.ts';
import type { BackupKeeper } from '../backup/backup-keeper.ts';
import type { CaptureControl, CaptureProblem } from '../collector/control.ts';
import type { IngestControl } from '../ingest/control.ts';
import type { runReport } from '../reports/run-report.ts';
import type { Database } from '../store/database.ts';
import type { Journal } from '../store/journal.ts';
import type { SecretBox } from '../store/secret-box.ts';
import type { AccessPolicy } from './security.ts';

/** The demo PBX: a simulator on a real socket with its people and a source of its own. */
export interface DemoControl {
  /** Makes people, codes and a source (`isDemo`) and starts the traffic; answers with the source's id. */
  start(): Promise<number>;
  /** Stops it and removes its source, people and calls. Does nothing when none runs. */
  stop(): Promise<void>;
}

export interface PauseControl {
  isPaused(): boolean;
  setPaused(isPaused: boolean): Promise<void>;
}

export interface SerialPortInfo {
  /** What a source of kind `serial` is given: `/dev/ttyUSB0`, `COM3`. */
  readonly path: string;
  /** Maker and adapter as far as known; may be empty. */
  readonly description: string;
}

/** The part of pino that the API needs. */
export interface ApiLog {
  error(values: object, message: string): void;
  warn(values: object, message: string): void;
}

export interface ApiDeps {
  /** tollbook.db, opened for reading and writing by this thread. */
  readonly db: Database;
  /** journal.db, only read here. */
  readonly journal: Journal;
  readonly capture: CaptureControl;
  /** Seals the passwords of sources before they are stored, and opens them for the capture thread alone. */
  readonly secretBox: SecretBox;
  readonly ingest: IngestControl;
  readonly demo: DemoControl;
  readonly pause: PauseControl;
  readonly backups: BackupKeeper;
  /** Ends the service and starts it anew; absent where somebody else has to. */
  readonly restart?: (() => void) | undefined;
  /** Shows a notification on this computer; absent where no desktop shell runs the service. */
  readonly notifyDesktop?: ((note: { readonly title: string; readonly body: string }) => void) | undefined;
  readonly listSerialPorts: () => Promise<readonly SerialPortInfo[]>;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  /** What is wrong with the program as a whole (disk, database), for the system page. */
  readonly problems: () => readonly CaptureProblem[];
  readonly log: ApiLog;
  readonly version: string;
  readonly startedAtMs: number;
  readonly dataFolder: string;
  /** Uploaded files wait here until capture has read them. */
  readonly spoolFolder: string;
  /** The built pages (dist/renderer). */
  readonly pagesFolder: string;
  /** What holds beside the settings of the network's door. */
  readonly access: AccessPolicy;
  /** Listens at the network; absent where nothing serves. */
  readonly networkDoor?: NetworkDoor | undefined;
  /** How much work a password's hash is; absent: as much as is right today. */
  readonly hashCost?: HashCost | undefined;
  /** Makes the files that schedules send; absent: in a thread of their own. */
  readonly runReport?: typeof runReport | undefined;
}
