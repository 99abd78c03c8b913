/** What `tollbook doctor` says of schedules: whether what they make can be sent. */
import { isMailSetUp, readMail } from '../core/delivery/mail-settings.ts';
import type { Database } from '../core/store/database.ts';
import { ScheduleStore } from '../core/store/schedules.ts';
import type { CommandContext } from './command.ts';
import type { Finding } from './source-checks.ts';

/** Nothing where nothing is scheduled. */
export function checkSchedules({ t }: Pick<CommandContext, 't'>, db: Database): readonly Finding[] {
  const schedules = new ScheduleStore(db).list();
  if (schedules.length === 0) return [];
  const mailing = schedules.filter(({ task }) => task.kind === 'statements' || task.recipients.length > 0);
  const stopped = schedules.filter(({ problem }) => problem !== null);
  const isWithoutMail = mailing.length > 0 && !isMailSetUp(readMail(db));
  return [
    isWithoutMail
      ? { check: 'mail', state: 'warning', text: t('cli.doctor.mailMissing', { count: mailing.length }) }
      : { check: 'mail', state: 'ok', text: t('cli.doctor.schedulesOk', { count: schedules.length }) },
    ...stopped.map(
      ({ name }): Finding => ({ check: 'mail', state: 'warning', text: t('cli.doctor.scheduleStopped', { name }) }),
    ),
  ];
}
