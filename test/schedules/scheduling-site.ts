/** A site with a scheduler of its own clock, whose files are small texts that say what was asked for. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_MAIL, type MailSettings } from '../../core/delivery/mail-settings.ts';
import type { Maker, ReportTask, Rhythm, ScheduledTask } from '../../core/model/schedule.ts';
import type { ReportFileRequest } from '../../core/schedules/parts.ts';
import { Scheduler } from '../../core/schedules/scheduler.ts';
import { writeDeliverySetting } from '../../core/store/delivery-settings.ts';
import { ScheduleRuns, type SendingRow } from '../../core/store/schedule-runs.ts';
import { ScheduleStore } from '../../core/store/schedules.ts';
import type { SmtpSink } from '../alerts/smtp-sink.ts';
import { openSite, type Site } from '../ingest/site-fixture.ts';

export const OWNER_MAKER: Maker = {
  userId: null,
  name: '',
  rights: { scope: { kind: 'all' }, seesNumbers: true, seesCodes: false },
};

export const DAILY: Rhythm = { every: 'day', at: '07:00' };

export function reportTask(part: Partial<ReportTask> = {}): ReportTask {
  return {
    kind: 'report',
    reportId: 'monthly-summary',
    filter: {
      ...{ departmentIds: [], personIds: [], codes: [], extensions: [], trunks: [] },
      ...{ bands: [], sourceIds: [], directions: [] },
    },
    period: 'yesterday',
    types: ['csv'],
    language: 'en',
    recipients: [{ kind: 'address', address: 'lan@office.vn' }],
    folder: '',
    ...part,
  };
}

export const serverOf = (sink: SmtpSink, part: Partial<MailSettings> = {}): MailSettings => ({
  ...DEFAULT_MAIL,
  ...{ host: '127.0.0.1', port: sink.port, security: 'none', login: 'none', from: 'tollbook@office.vn' },
  ...part,
});

export interface SchedulingSite {
  readonly site: Site;
  readonly schedules: ScheduleStore;
  readonly runs: ScheduleRuns;
  readonly asked: ReportFileRequest[];
  readonly errors: unknown[];
  nowMs: number;
  /** Days after that one are due. */
  add(task: ScheduledTask, rhythm: Rhythm, afterDay: string, maker?: Maker): number;
  /** A program that starts, does what is to be done, and ends. */
  run(): Promise<void>;
  sendings(): readonly SendingRow[];
}

export function openScheduling(nowText: string, mail: MailSettings): SchedulingSite {
  const site = openSite();
  writeDeliverySetting(site.db, 'mail', mail);
  const rig: SchedulingSite = {
    site,
    schedules: new ScheduleStore(site.db),
    runs: new ScheduleRuns(site.db),
    asked: [],
    errors: [],
    nowMs: Date.parse(nowText),
    add: (task, rhythm, afterDay, maker = OWNER_MAKER) =>
      rig.schedules.add({ name: 'Report', task, rhythm }, maker, afterDay, rig.nowMs),
    async run() {
      const scheduler = new Scheduler({
        db: site.db,
        secretBox: { open: (text) => text.replace(/^sealed:/, '') },
        nowMs: () => rig.nowMs,
        outbox: path.join(site.folder, 'outbox'),
        makeReport: async (request, file) => {
          rig.asked.push(request);
          writeFileSync(file, `${request.reportId} ${request.filter.from} ${request.filter.to}`);
        },
        holdBack: () => Promise.resolve(() => undefined),
        onChange: () => undefined,
        onError: (error) => rig.errors.push(error),
      });
      scheduler.poke();
      await scheduler.settled();
      scheduler.close();
    },
    sendings: () =>
      rig.runs
        .list({}, 200)
        .toReversed()
        .flatMap(({ id }) => rig.runs.sendings(id)),
  };
  return rig;
}
