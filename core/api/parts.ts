/** What every route file works with: the stores, the event stream, and what several routes do alike. */
import { randomUUID } from 'node:crypto';
import { DatedValues } from '../attribution/dated-values.ts';
import type { CaptureSource } from '../collector/control.ts';
import { FormatCatalogue } from '../formats/catalogue.ts';
import { AppError } from '../model/errors.ts';
import { type MaskCode, maskCode, type Secrets, showCode } from '../model/masking.ts';
import { mapSecrets } from '../model/source-secrets.ts';
import { PeopleImports } from '../people/people-import.ts';
import { anchorFile } from '../privacy/audit-anchor.ts';
import { listAssignments } from '../store/assignments.ts';
import { AuditTrail } from '../store/audit.ts';
import { CallQueries } from '../store/call-query.ts';
import { CallStore } from '../store/calls.ts';
import { DailySums } from '../store/daily-sums.ts';
import { FormatDefinitionStore } from '../store/format-definitions.ts';
import { MonthStore } from '../store/month.ts';
import { QuarantineStore } from '../store/quarantine.ts';
import type { SecretBox } from '../store/secret-box.ts';
import { Sessions } from '../store/sessions.ts';
import { SettingsStore } from '../store/settings.ts';
import { type SourceRow, SourceStore } from '../store/sources.ts';
import { TariffStore } from '../store/tariffs.ts';
import { UserStore } from '../store/users.ts';
import type { LiveEvent } from './contract.ts';
import type { ApiDeps } from './deps.ts';
import { EventStream } from './event-stream.ts';
import { OpenedFiles } from './opened-files.ts';
import { LiveSessions } from './session.ts';
import { siteToday } from './site-today.ts';
import { Unmaskings } from './unmasking.ts';
import { presentViewer } from './viewing.ts';

export interface ApiParts {
  readonly deps: ApiDeps;
  readonly events: EventStream;
  readonly calls: CallStore;
  readonly callQueries: CallQueries;
  readonly month: MonthStore;
  readonly quarantine: QuarantineStore;
  readonly sessions: Sessions;
  readonly liveSessions: LiveSessions;
  readonly users: UserStore;
  readonly audit: AuditTrail;
  readonly unmaskings: Unmaskings;
  readonly settings: SettingsStore;
  readonly sources: SourceStore;
  /** Built-in formats and the site's own. */
  readonly formats: FormatCatalogue;
  readonly definitions: FormatDefinitionStore;
  readonly tariffs: TariffStore;
  /** Imports that wait for a yes, from files and from the directory. */
  readonly peopleImports: PeopleImports;
  /** Files that were opened with the program, until a page took them over. */
  readonly openedFiles: OpenedFiles;
  /** Whether who asks may see codes in full. */
  showsCodes(): boolean;
  /** How codes are shown to who asks. */
  mask(): MaskCode;
  secrets(): Secrets;
  changed(what: Extract<LiveEvent, { type: 'changed' }>['what']): void;
}

export function createParts(deps: ApiDeps): ApiParts {
  const { db } = deps;
  const events = new EventStream();
  const settings = new SettingsStore(db);
  const sessions = new Sessions(db);
  const showsCodes = (): boolean => settings.get().showCodes && presentViewer()?.seesCodes !== false;
  const mask = (): MaskCode => (showsCodes() ? showCode : maskCode);
  return {
    deps,
    events,
    settings,
    calls: new CallStore(db, new DailySums(db)),
    callQueries: new CallQueries(db),
    month: new MonthStore(db),
    quarantine: new QuarantineStore(db),
    unmaskings: new Unmaskings(),
    audit: new AuditTrail(
      db,
      anchorFile(deps.dataFolder, deps.secretBox, (error) =>
        deps.log.error({ err: error }, 'the anchor of the audit trail could not be written'),
      ),
    ),
    sessions,
    liveSessions: new LiveSessions(sessions),
    users: new UserStore(db),
    sources: new SourceStore(db),
    formats: new FormatCatalogue(db),
    definitions: new FormatDefinitionStore(db),
    tariffs: new TariffStore(db),
    openedFiles: new OpenedFiles(deps.nowMs),
    peopleImports: new PeopleImports({
      db,
      now: deps.nowMs,
      today: () => siteToday({ deps, settings }),
      newId: randomUUID,
    }),
    showsCodes,
    mask,
    secrets: () => {
      const codes = new DatedValues(listAssignments(db).filter((row) => row.kind === 'code'));
      return { mask: mask(), isCode: (text) => codes.isKnown(text) };
    },
    changed: (what) => events.publish(() => ({ type: 'changed', what })),
  };
}

/** Hands the stored sources and office hours to the capture thread. Also the last step of the program's start. */
export async function applySources(deps: ApiDeps): Promise<void> {
  const settings = new SettingsStore(deps.db).get();
  const sources = new SourceStore(deps.db).list();
  await deps.capture.configure(
    sources.map((row) => captureSourceOf(row, deps.secretBox)),
    {
      timeZone: settings.timeZone,
      officeFrom: settings.officeFrom,
      officeTo: settings.officeTo,
      officeDays: settings.officeDays,
      quietMinutes: settings.quietMinutes,
    },
  );
}

/** With its secrets opened. One that cannot be opened keeps its source closed, and says so there. */
function captureSourceOf({ id, config, isEnabled }: SourceRow, secretBox: SecretBox): CaptureSource {
  try {
    return { id, config: mapSecrets(config, (text) => secretBox.open(text)), isEnabled };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { id, config, isEnabled, refusal: { code: error.code, values: error.values } };
  }
}
