import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AllowedHosts } from '../../core/collector/allowed-hosts.ts';
import type { CaptureEvent } from '../../core/collector/control.ts';
import { AmiDialogue, StepDialogue } from '../../core/collector/dialogue.ts';
import { unescapeLine, unescapeText } from '../../core/collector/escapes.ts';
import { JournalWriter } from '../../core/collector/journal-writer.ts';
import { officeMinutes } from '../../core/collector/office-hours.ts';
import type { SourceHost } from '../../core/collector/source.ts';
import { Supervisor } from '../../core/collector/supervisor.ts';
import { createLog } from '../../core/log.ts';
import { Journal } from '../../core/store/journal.ts';
import { QUIET, until } from './rig.ts';

const HOUR = 3_600_000;

describe('office hours', () => {
  const rule = { ...QUIET, officeFrom: '08:00', officeTo: '17:30', officeDays: [1, 2, 3, 4, 5] };
  /** In Vietnam, UTC+7. 2026-01-02 is a Friday. */
  const at = (text: string): number => Date.parse(`${text}+07:00`);

  it('count only inside the hours and days of the site', () => {
    expect(officeMinutes(at('2026-01-02T09:00'), at('2026-01-02T10:30'), rule)).toBe(90);
    expect(officeMinutes(at('2026-01-02T07:00'), at('2026-01-02T08:10'), rule)).toBe(10);
    expect(officeMinutes(at('2026-01-02T17:00'), at('2026-01-05T08:15'), rule)).toBe(45);
    expect(officeMinutes(at('2026-01-03T09:00'), at('2026-01-04T23:00'), rule)).toBe(0);
    expect(officeMinutes(at('2026-01-02T00:00'), at('2026-01-09T00:00'), rule)).toBe(5 * 570);
  });

  it('may go past midnight', () => {
    const night = { ...rule, officeFrom: '22:00', officeTo: '06:00', officeDays: [5] };
    expect(officeMinutes(at('2026-01-02T23:00'), at('2026-01-03T07:00'), night)).toBe(7 * 60);
    expect(officeMinutes(at('2026-01-02T03:00'), at('2026-01-02T07:00'), night)).toBe(0);
  });
});

describe('the supervisor', () => {
  let folder: string;
  let journal: Journal;
  let writer: JournalWriter;
  let supervisor: Supervisor;
  let clock: number;
  let events: CaptureEvent[];
  let hosts: SourceHost[];
  let closed: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollbook-supervisor-'));
    clock = Date.parse('2026-01-02T09:00:00+07:00');
    events = [];
    hosts = [];
    closed = [];
    journal = Journal.open({ path: join(folder, 'journal.db'), now: () => clock });
    writer = new JournalWriter({
      journal,
      now: () => clock,
      onAppended: (sourceId, nextOffset) => supervisor.appended(sourceId, nextOffset),
      onProblem: () => supervisor.reportAll(),
      retryMs: 5,
    });
    supervisor = new Supervisor({
      journal,
      writer,
      now: () => clock,
      random: () => 0.5,
      emit: (event) => events.push(event),
      sourcesFolder: folder,
      firstRetryMs: 4,
      maxRetryMs: 20,
      open: (_config, host) => {
        hosts.push(host);
        return { close: async (why) => void closed.push(why) };
      },
    });
  });
  afterEach(async () => {
    await supervisor.stop();
    writer.stop();
    journal.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const config = {
    kind: 'tcp-client',
    host: 'pbx',
    port: 1,
    login: [],
    loginRejected: '',
    keepAliveSeconds: 0,
  } as const;
  const configure = () => supervisor.configure([{ id: 1, isEnabled: true, config }], QUIET);
  const status = () => supervisor.statuses()[0];

  it('waits longer after each failure, up to a limit, and starts anew after a steady time', async () => {
    await configure();
    const pauses: number[] = [];
    for (let n = 1; n <= 5; n += 1) {
      hosts.at(-1)?.ended({ code: 'host-refused', values: {} });
      pauses.push((status()?.retryAtMs ?? 0) - clock);
      await until(() => hosts.length === n + 1);
    }
    expect(pauses).toEqual([4, 8, 16, 20, 20]);
    hosts.at(-1)?.opened();
    clock += 6000;
    hosts.at(-1)?.ended(null);
    expect(status()).toMatchObject({ state: 'waiting', problem: null, retryAtMs: clock + 4 });
  });

  it('goes on telling why it failed while it tries again, until it is open', async () => {
    await configure();
    hosts[0]?.ended({ code: 'login-timeout', values: { expected: '-' } });
    expect(status()).toMatchObject({ state: 'failed', problem: { code: 'login-timeout' } });
    await until(() => hosts.length === 2);
    expect(status()).toMatchObject({ state: 'opening', problem: { code: 'login-timeout' } });
    hosts[1]?.opened();
    expect(status()).toMatchObject({ state: 'open', problem: null });
  });

  it('forgets why it failed once it waits for something else, or is paused', async () => {
    await configure();
    hosts[0]?.ended({ code: 'host-refused', values: {} });
    await until(() => hosts.length === 2);
    hosts[1]?.waiting({ code: 'not-found', values: {} });
    expect(status()).toMatchObject({ state: 'waiting', problem: { code: 'not-found' } });
    hosts[1]?.ended({ code: 'host-refused', values: {} });
    await supervisor.setPaused(true);
    expect(status()).toMatchObject({ state: 'paused', problem: null });
  });

  it('does not listen to a source that it has replaced', async () => {
    await configure();
    const first = hosts[0];
    first?.ended(null);
    await until(() => hosts.length === 2);
    hosts[1]?.opened();
    first?.ended({ code: 'host-refused', values: {} });
    expect(status()).toMatchObject({ state: 'open', problem: null });
  });

  it('warns once it has been quiet for longer than the office hours make likely', async () => {
    await configure();
    const host = hosts[0];
    host?.opened();
    clock += HOUR - 1000;
    expect(status()).toMatchObject({ isQuiet: false, quietSinceMs: null });
    const since = clock - HOUR + 1000;
    clock += 2000;
    expect(status()).toMatchObject({ isQuiet: true, quietSinceMs: since });
    const stream = await host?.openStream('pbx');
    await host?.append(stream ?? 0, Buffer.from('record'));
    expect(status()).toMatchObject({ isQuiet: false, bytesTotal: 6, lastByteAtMs: clock, bytesPerMinute: 6 });
    clock += 61_000;
    expect(status()).toMatchObject({ bytesPerMinute: 0 });
  });

  it('closes sources when paused and says so, and opens them again', async () => {
    await configure();
    await supervisor.setPaused(true);
    expect(closed).toEqual(['stopped']);
    expect(status()).toMatchObject({ state: 'paused' });
    await supervisor.setPaused(false);
    expect(hosts).toHaveLength(2);
    expect(status()).toMatchObject({ state: 'opening' });
  });

  it('closes the streams that a killed service left open', async () => {
    const left = journal.openStream(1, 'pbx:1');
    await configure();
    expect(journal.stream(left)).toMatchObject({ closeReason: 'interrupted' });
    expect(events).toContainEqual({ type: 'stream-closed', sourceId: 1, streamId: left });
  });

  it('knows after a restart how much came and when', async () => {
    const stream = journal.openStream(1, 'pbx:1');
    journal.append(stream, clock - HOUR, Buffer.from('earlier'));
    await configure();
    expect(status()).toMatchObject({ bytesTotal: 7, lastByteAtMs: clock - HOUR });
  });

  it('keeps what cannot be stored and stores it when it can, while a mistake of one job harms no other', async () => {
    const stream = journal.openStream(1, 'a');
    const results = await Promise.allSettled([
      writer.append(1, stream, Buffer.from('good ')),
      writer.run(1, () => {
        throw new Error('a bug');
      }),
      writer.append(1, stream, Buffer.from('and good')),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(Buffer.from(journal.readFrameBytes(1, 0, 100)).toString()).toBe('good and good');
    journal.db.pragma(`max_page_count = ${journal.db.pragma('page_count', { simple: true })}`);
    let isStored = false;
    const waiting = writer.append(1, stream, Buffer.alloc(50_000)).then(() => {
      isStored = true;
    });
    await until(() => writer.problem?.code === 'disk-full');
    expect(isStored).toBe(false);
    expect(journal.head(1).nextOffset).toBe(13);
    journal.db.pragma('max_page_count = 100000');
    await waiting;
    expect(writer.problem).toBeNull();
    expect(journal.head(1).nextOffset).toBe(50_013);
  });
});

describe('login dialogues', () => {
  it('understand the escapes people type', () => {
    expect(unescapeText('a\\r\\n\\t\\x0d\\xFF\\\\n \\q')).toBe('a\r\n\t\r\xff\\n \\q');
  });

  it.each([
    ['PCCSMDR', 'PCCSMDR\r\n'],
    ['PCCSMDR\\r\\n', 'PCCSMDR\r\n'],
    ['p\\r', 'p\r'],
    ['p\n', 'p\n'],
    ['\\x59', 'Y'],
    ['p\\\\x59', 'p\\x59\r\n'],
    ['p\\t', 'p\t\r\n'],
    ['', ''],
  ])('send %j with the end it says itself, else with a line end', (typed, sent) => {
    expect(unescapeLine(typed)).toBe(sent);
  });

  it('find texts that come byte by byte, in order', () => {
    const dialogue = new StepDialogue(
      [
        { expect: 'login: ', send: 'u\\r', isSecret: false },
        { expect: 'word: ', send: 'p\\r', isSecret: true },
      ],
      'denied',
    );
    const sent: string[] = [];
    let state = '';
    for (const byte of 'word: login: u pass word: ') {
      const answer = dialogue.receive(byte);
      if (answer.send !== '') sent.push(answer.send);
      state = answer.state;
    }
    expect(sent).toEqual(['u\r', 'p\r']);
    expect(state).toBe('done');
    expect(dialogue.receive('access denied').state).toBe('rejected');
  });

  it('take the words of a refusal for a record once records flow', () => {
    const dialogue = new StepDialogue([{ expect: '-', send: 'x', isSecret: false }], 'Rejected');
    expect(dialogue.receive('-').state).toBe('done');
    dialogue.receive('r'.repeat(9000));
    expect(dialogue.receive('Rejected').state).toBe('done');
  });

  it('of the manager interface end at a whole response line, and cannot be broken out of', () => {
    const dialogue = new AmiDialogue('u\r\nAction: Command', 's');
    expect(dialogue.receive('Asterisk Call').send).toBe('');
    expect(dialogue.receive(' Manager/5\r\n').send).toBe(
      'Action: Login\r\nUsername: uAction: Command\r\nSecret: s\r\n\r\n',
    );
    expect(dialogue.receive('Response: Suc').state).toBe('going');
    expect(dialogue.receive('cess\r\n').state).toBe('done');
  });
});

describe('allowed hosts', () => {
  it('are addresses and blocks of both versions', () => {
    const hosts = new AllowedHosts(['10.1.0.0/16', '192.168.1.5', '2001:db8::/32', 'fe80::1']);
    const allowed = ['10.1.255.1', '::ffff:192.168.1.5', '2001:db8::7', 'fe80::1%eth0'];
    const refused = ['10.2.0.1', '192.168.1.6', '2001:db9::7', '127.0.0.1', 'nonsense', ''];
    expect(allowed.filter((address) => !hosts.allows(address))).toEqual([]);
    expect(refused.filter((address) => hosts.allows(address))).toEqual([]);
  });

  it('are this computer and private networks by default', () => {
    const hosts = new AllowedHosts([]);
    expect(['127.0.0.1', '::1', '10.9.9.9', '172.31.0.1', '192.168.0.9'].every((a) => hosts.allows(a))).toBe(true);
    expect(['8.8.8.8', '172.32.0.1', '2001:4860::1'].some((a) => hosts.allows(a))).toBe(false);
  });

  it.each(['10.0.0.0/33', 'pbx.local', '10.0.0.0/', '1.2.3.4/8/9', ''])('refuse the entry "%s"', (entry) => {
    expect(() => new AllowedHosts([entry])).toThrow(expect.objectContaining({ code: 'setting-unusable' }));
  });
});

describe('the log', () => {
  it('goes to a file that is renamed when it grows, and never holds a secret', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tollbook-log-'));
    const file = join(folder, 'logs', 'tollbook.log');
    const log = createLog({ file, maxFileBytes: 400 });
    log.info({ secret: 'hidden', config: { secret: 'hidden' }, source: { password: 'hidden' } }, 'opened');
    for (let n = 0; n < 20; n += 1) log.info({ n }, 'a line of some length');
    const all = [file, `${file}.1`, `${file}.2`].map((path) => readFileSync(path, 'utf8'));
    expect(all.every((text) => text.length > 0 && text.length < 600)).toBe(true);
    expect(all.join('')).not.toContain('hidden');
    expect(all[0]).toContain('"n":19');
    rmSync(folder, { recursive: true, force: true });
  });
});
