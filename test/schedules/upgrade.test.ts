import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliveryWithDefaults } from '../../core/alerts/delivery-settings.ts';
import { readMail } from '../../core/delivery/mail-settings.ts';
import { readAlertSetting, writeAlertSetting } from '../../core/store/alert-settings.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tollbook-upgrade-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (migrations: typeof databaseMigrations): Database =>
  openDatabase({ path: path.join(folder, 'tollbook.db'), migrations, now: () => 0 });

const OLD_EMAIL = {
  ...{ isOn: true, least: 'critical', host: 'mail.office.vn', port: 465, security: 'tls', user: 'tollbook' },
  ...{ password: 'sealed:secret', from: 'tollbook@office.vn', to: ['lan@office.vn'], certificate: 'PEM' },
};

function upgraded(email: object): Database {
  const before = open(databaseMigrations.filter(({ version }) => version < 130));
  writeAlertSetting(before, 'delivery', { language: 'vi', email });
  before.close();
  return open(databaseMigrations);
}

test('the mail server that alerts had becomes that of the whole site; who gets alerts stays with alerts', () => {
  const db = upgraded(OLD_EMAIL);
  expect(readMail(db)).toMatchObject({
    ...{ host: 'mail.office.vn', port: 465, security: 'tls', login: 'password', user: 'tollbook' },
    ...{ password: 'sealed:secret', from: 'tollbook@office.vn', certificate: 'PEM', replyTo: '' },
  });
  const stored = readAlertSetting(db, 'delivery') as Parameters<typeof deliveryWithDefaults>[0];
  expect(deliveryWithDefaults(stored).email).toEqual({ isOn: true, least: 'critical', to: ['lan@office.vn'] });
  expect(JSON.stringify(stored)).not.toContain('sealed:');
  db.close();
});

test('a mail server without a login stays one, and none stays none', () => {
  const open = upgraded({ ...OLD_EMAIL, user: '', password: '' });
  expect(readMail(open)).toMatchObject({ login: 'none', user: '' });
  open.close();
  rmSync(path.join(folder, 'tollbook.db'));
  const none = upgraded({ ...OLD_EMAIL, host: '' });
  expect(readMail(none)).toMatchObject({ host: '', login: 'password' });
  none.close();
});
