import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Client, ProblemError } from '../../core/api/client.ts';
import type { MailInput } from '../../core/api/contract.ts';
import { writeReport } from '../../core/reports/write-report.ts';
import { addAssignment } from '../../core/store/assignments.ts';
import { addPerson } from '../../core/store/people.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { makeCertificate, openSmtpSink, type ReceivedMail, type SmtpSink } from '../alerts/smtp-sink.ts';
import { addSource, INFO, ORIGIN, openRig, type Rig } from '../api/rig.ts';
import { addDefaultTariff } from '../ingest/site-fixture.ts';

const line = (time: string, extension: string, number: string): string =>
  `20/02/26 ${time} ${extension.padStart(5)} 01 ${number.padEnd(31)}00:01'05 ${''.padEnd(10)}`;
const LINES = [
  line('08:15AM', '101', '0912345678'),
  line('08:20AM', '101', '0987000111'),
  line('08:30AM', '102', '02438250000'),
  line('08:40AM', '103', '0903000222'),
];
const MONTH = '2026-02';

let sink: SmtpSink;
let rig: Rig;
let client: Client;

beforeAll(async () => {
  const certificate = makeCertificate();
  const login = { user: 'tollbook', password: 'mail secret' };
  sink = await openSmtpSink({ security: 'starttls', certificate, login });
  // In this thread, or every statement would load the program anew.
  rig = openRig({ runReport: writeReport });
  const { db } = rig.deps;
  addDefaultTariff(db);
  ['Nguyễn Thị Hà', 'Trần Bình', 'Lê Chi'].forEach((name, i) => {
    const email = i === 2 ? null : `p${i + 1}@office.vn`;
    const details = { employeeNumber: `E${i + 1}`, title: null, notes: null, activeFrom: null, activeTo: null };
    const personId = addPerson(db, { name, email, ...details, departmentId: null, departmentFrom: null });
    const always = { validFrom: '0000-01-01', validTo: '9999-12-31', lastValue: null };
    addAssignment(db, { kind: 'extension', value: String(101 + i), personId, ...always });
  });
  rig.feed(addSource(new SourceStore(db), 'PBX'), `${LINES.join('\r\n')}\r\n`);
  client = await rig.client();
  const mail: MailInput = {
    ...{ host: '127.0.0.1', port: sink.port, security: 'starttls', login: 'password', ...login },
    ...{ clientId: '', tokenUrl: '', from: 'tollbook@office.vn', replyTo: 'ketoan@office.vn' },
    certificate: certificate.certificate,
  };
  await client.call('putMail', { body: mail });
});

afterAll(async () => {
  rig.close();
  await sink.close();
});

/** The run when it is over. */
async function finished(runId: number) {
  for (;;) {
    const detail = await client.call('getScheduleRun', { params: { id: runId } });
    if (detail.run.doneAtMs !== null) return detail;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function send(personIds: number[] = []) {
  const { runId } = await client.call('sendStatements', { body: { month: MONTH, personIds, language: 'vi' } });
  return finished(runId);
}

/** Texts and files of a message. */
function partsOf({ text }: ReceivedMail): { type: string; content: Buffer }[] {
  const boundaries = [...text.matchAll(/boundary="([^"]+)"/g)].map((match) => `--${match[1]}`);
  return text
    .split(/\r\n(?=--)/)
    .filter((part) => boundaries.some((boundary) => part.startsWith(boundary)))
    .flatMap((part) => {
      const [head = '', ...body] = part.split('\r\n\r\n');
      const type = /Content-Type: ([\w/-]+)/i.exec(head)?.[1] ?? '';
      const isBase64 = /base64/i.test(head);
      const raw = body.join('\r\n\r\n');
      const quoted = (): string =>
        raw
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
      return body.length === 0
        ? []
        : [{ type, content: isBase64 ? Buffer.from(raw, 'base64') : Buffer.from(quoted(), 'latin1') }];
    });
}

const textOf = (mail: ReceivedMail | undefined, type = 'text/plain'): string =>
  mail === undefined
    ? ''
    : (partsOf(mail)
        .find((part) => part.type === type)
        ?.content.toString('utf8') ?? '');
const mailTo = (address: string): ReceivedMail | undefined => sink.mails.findLast(({ to }) => to.includes(address));
const tokenOf = (mail: ReceivedMail | undefined): string => /acknowledge#([\w-]{43})/.exec(textOf(mail))?.[1] ?? '';

/** What a PDF says with a password; undefined where it does not open. */
function readPdf(mail: ReceivedMail | undefined, password: string): string | undefined {
  const pdf = mail === undefined ? undefined : partsOf(mail).find(({ type }) => type === 'application/pdf');
  const file = path.join(rig.deps.dataFolder, 'statement.pdf');
  writeFileSync(file, pdf?.content ?? '');
  try {
    return execFileSync('pdftotext', ['-upw', password, file, '-'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return undefined;
  }
}

/** As somebody far from the office asks, with nothing but the link. */
async function asStranger(address: string, body: object, from = '127.0.0.1'): Promise<Response> {
  const headers = { 'content-type': 'application/json', host: '127.0.0.1:4680', 'accept-language': 'en' };
  const request = new Request(`${ORIGIN}${address}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return rig.api.fetch(request, { ...INFO, remoteAddress: from });
}

describe('statements', () => {
  test('need a password and an address: who has none is named, and can be printed instead', async () => {
    const detail = await send();
    expect(detail.sendings.map(({ name, state, result }) => [name, state, result])).toEqual([
      ['Lê Chi', 'left-out', 'No e-mail address is known.'],
      ['Nguyễn Thị Hà', 'left-out', 'There is no password for the statement. Set one, or print the statement.'],
      ['Trần Bình', 'left-out', 'There is no password for the statement. Set one, or print the statement.'],
    ]);
    const paper = await rig.request(`/api/statements/paper?month=${MONTH}&personId=3`, {
      headers: { cookie: await rig.signIn() },
    });
    const file = path.join(rig.deps.dataFolder, 'paper.pdf');
    writeFileSync(file, Buffer.from(await paper.arrayBuffer()));
    expect(execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' })).toContain('Lê Chi');
  });

  test('arrive, each opening with the password of its person alone, and the mail does not tell it', async () => {
    await client.call('putStatementSettings', {
      body: { linkBase: 'https://tollbook.office.vn/', linkDays: 30, remindAfterDays: 7, mostReminders: 2 },
    });
    const made = await client.call('makeStatementPasswords', { body: { month: MONTH, personIds: [1] } });
    await client.call('setStatementAccess', { params: { id: 2 }, body: { password: 'của Bình 2', language: 'en' } });
    const password = made[0]?.password ?? '';
    expect(made).toMatchObject([{ personId: 1, name: 'Nguyễn Thị Hà' }]);
    const detail = await send();
    expect(detail.run.counts).toMatchObject({ sent: 2, 'left-out': 1 });
    const [ha, binh] = [mailTo('p1@office.vn'), mailTo('p2@office.vn')];
    expect(ha).toMatchObject({ isEncrypted: true, user: 'tollbook' });
    expect(readPdf(ha, password)).toContain('0912345678');
    expect(readPdf(ha, 'của Bình 2')).toBeUndefined();
    expect(readPdf(ha, '')).toBeUndefined();
    expect(readPdf(binh, 'của Bình 2')).toContain('Trần Bình');
    expect(readPdf(binh, password)).toBeUndefined();
    for (const mail of sink.mails) expect(textOf(mail) + textOf(mail, 'text/html')).not.toContain(password);
    expect(textOf(ha)).toContain('Nguyễn Thị Hà, các cuộc gọi của bạn trong tháng 2/2026');
    expect(textOf(binh)).toContain('Trần Bình, your telephone calls of February 2026');
    expect(ha?.text).toMatch(/^Reply-To: ketoan@office\.vn/m);
    const stored = rig.deps.db.prepare('SELECT password FROM statement_people').pluck().all();
    expect(stored.every((text) => String(text).startsWith('sealed:'))).toBe(true);
  });

  test('are confirmed by their link once; a second click says so and shows nothing', async () => {
    const token = tokenOf(mailTo('p2@office.vn'));
    const opened = (await (await asStranger('/api/acknowledge', { token })).json()) as {
      statement: { calls: { number: string }[] };
    };
    expect(opened).toMatchObject({ state: 'open', statement: { name: 'Trần Bình', month: MONTH, privateCalls: 0 } });
    expect(opened.statement.calls.map(({ number }) => number)).toEqual(['842438250000']);
    const answer = { token, answer: 'confirmed' };
    const [first, second] = await Promise.all([0, 1].map(() => asStranger('/api/acknowledge/answer', answer)));
    expect(await first?.json()).toMatchObject({ state: 'answered', answer: 'confirmed', statement: null });
    expect(await second?.json()).toMatchObject({ state: 'answered', statement: null });
    const later = await asStranger('/api/acknowledge/answer', {
      token,
      answer: 'disputed',
      disputes: [{ callId: 1, words: 'x' }],
    });
    expect(await later.json()).toMatchObject({ state: 'answered', answer: 'confirmed' });
    const { people } = await client.call('listStatements', { query: { month: MONTH } });
    expect(people.find(({ personId }) => personId === 2)).toMatchObject({ answer: 'confirmed', way: 'link' });
    expect((await send([2])).sendings).toMatchObject([{ state: 'left-out', result: 'Answered already.' }]);
  });

  test('are disputed with words, call by call; what is decided changes the call, and another statement can be sent', async () => {
    const token = tokenOf(mailTo('p1@office.vn'));
    const opened = (await (await asStranger('/api/acknowledge', { token })).json()) as {
      statement: { calls: { id: number }[] };
    };
    const [call, other] = opened.statement.calls;
    const dispute = (callId: number) =>
      asStranger('/api/acknowledge/answer', {
        token,
        answer: 'disputed',
        disputes: [{ callId, words: 'Không phải tôi gọi' }],
      });
    const foreign = rig.deps.db.prepare('SELECT id FROM calls WHERE person_id = 2').pluck().get();
    expect((await dispute(Number(foreign))).status).toBe(404);
    expect(other).toBeDefined();
    expect(await (await dispute(call?.id ?? 0)).json()).toMatchObject({ state: 'answered', answer: 'disputed' });
    const [open] = await client.call('listDisputes', { query: {} });
    expect(open).toMatchObject({ personName: 'Nguyễn Thị Hà', words: 'Không phải tôi gọi', outcome: null });
    expect((await send([1])).sendings).toMatchObject([{ state: 'left-out' }]);
    const change = { kind: 'owner', personId: 2 } as const;
    const decided = await client.call('decideDispute', {
      params: { id: open?.id ?? 0 },
      body: { change, reason: 'Bình was at that desk', by: 'Lan' },
    });
    expect(decided).toMatchObject({ outcome: 'changed', decidedBy: 'Lan', call: { personName: 'Trần Bình' } });
    expect(await client.call('listDisputes', { query: {} })).toEqual([]);
    expect((await send([1])).sendings).toMatchObject([{ state: 'sent' }]);
    const again = await asStranger('/api/acknowledge', { token: tokenOf(mailTo('p1@office.vn')) });
    expect(await again.json()).toMatchObject({ state: 'open', statement: { calls: [{ id: other?.id }] } });
  });

  test('are reminded of in office hours after days of silence, and never when answered', async () => {
    const before = sink.mails.length;
    const pass = async (days: number): Promise<void> => {
      rig.clockMs += days * 86_400_000;
      // Whatever wakes the scheduler: it looks once a minute by itself.
      await client.call('putStatementSettings', {
        body: { linkBase: 'https://tollbook.office.vn', linkDays: 30, remindAfterDays: 7, mostReminders: 1 },
      });
    };
    await pass(6);
    await pass(1);
    await vi.waitFor(() => expect(sink.mails).toHaveLength(before + 1), 15_000);
    await pass(8);
    // A run that comes after what was due: by then nothing else was sent.
    await send([1]);
    const mails = sink.mails.slice(before);
    expect(mails.map(({ to }) => to)).toEqual([['p1@office.vn'], ['p1@office.vn']]);
    expect(mails.map((mail) => textOf(mail).includes('chưa được trả lời'))).toEqual([true, false]);
  });

  test('are answered on paper too, and an old link shows nothing', async () => {
    rig.clockMs += 40 * 86_400_000;
    client = await rig.client();
    const token = tokenOf(mailTo('p1@office.vn'));
    const old = await asStranger('/api/acknowledge', { token });
    expect(await old.json()).toMatchObject({ state: 'expired', statement: null });
    const note = {
      month: MONTH,
      personId: 1,
      answer: 'confirmed',
      signedDay: '2026-03-25',
      note: 'Folder 3',
      by: 'Lan',
    } as const;
    const { people } = await client.call('notePaperAnswer', { body: note });
    expect(people.find(({ personId }) => personId === 1)).toMatchObject({
      answer: 'confirmed',
      way: 'paper',
      notedBy: 'Lan',
    });
    await expect(client.call('notePaperAnswer', { body: note })).rejects.toThrow(ProblemError);
    const file = await rig.request(`/api/statements/file?month=${MONTH}&language=en`, {
      headers: { cookie: await rig.signIn() },
    });
    const csv = await file.text();
    expect(csv).toContain('"Nguyễn Thị Hà","E1","","1"');
    expect(csv).toMatch(/"confirmed","25\/03\/2026","paper","Lan","Folder 3"/);
  });

  test('are not to be guessed: wrong links are answered ever later, right ones at once', async () => {
    const wrong = (from: string) => asStranger('/api/acknowledge', { token: 'x'.repeat(43) }, from);
    expect(await (await wrong('127.0.0.1')).json()).toMatchObject({ state: 'unknown', company: '', statement: null });
    let status = 200;
    for (let i = 0; i < 30 && status === 200; i += 1) status = (await wrong('127.0.0.1')).status;
    expect(status).toBe(429);
    expect((await asStranger('/api/acknowledge', { token: tokenOf(mailTo('p1@office.vn')) })).status).toBe(200);
  });
});
