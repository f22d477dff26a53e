import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleConnection, sampleItem, sampleSignal } from '../../contract/stand-in/sample-views.ts';
import { createStandInStation } from '../../contract/stand-in/stand-in-station.ts';
import { type Floor, openFloor } from './platen.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.remove());

/** The one call that a command made, by the command line. */
const onlyCall = (): { readonly call: string; readonly input: unknown } => {
  expect(floor.station.seen).toHaveLength(1);
  const [seen] = floor.station.seen;
  expect(seen?.by).toBe('command line');
  return { call: seen?.call ?? '', input: seen?.input };
};

describe('a command that works', () => {
  it.each([
    ['signal 11 started', 'items.signal', { item: 11, signal: { kind: 'started' } }],
    ['signal cp:900000010000_1 produced', 'items.signal', { item: 'cp:900000010000_1', signal: { kind: 'produced' } }],
    [
      'signal 11 shipped --tracking T1 --option cp_postal',
      'items.signal',
      { item: 11, signal: { kind: 'shipped', tracking: 'T1', shippingOption: 'cp_postal' } },
    ],
    ['signal 11 shipped --tracking T1', 'items.signal', { item: 11, signal: { kind: 'shipped', tracking: 'T1' } }],
    [
      'signal 11 error --text late --delay-hours 24',
      'items.signal',
      { item: 11, signal: { kind: 'error', text: 'late', delayHours: 24 } },
    ],
    [
      'signal 11 cancel --cause file_error --text unreadable',
      'items.signal',
      { item: 11, signal: { kind: 'cancel', cause: 'file_error', text: 'unreadable' } },
    ],
    ['ship 1 --tracking T1', 'orders.ship', { order: 1, tracking: 'T1' }],
    ['hold 11 --note wait', 'items.hold', { item: 11, note: 'wait' }],
    ['resume 11', 'items.resume', { item: 11 }],
    ['release 11 --to indigo', 'hotFolders.release', { item: 11, hotFolder: 'indigo', again: false, anyway: false }],
    [
      'release 11 --to indigo --again',
      'hotFolders.release',
      { item: 11, hotFolder: 'indigo', again: true, anyway: false },
    ],
    [
      'release 11 --to indigo --anyway',
      'hotFolders.release',
      { item: 11, hotFolder: 'indigo', again: false, anyway: true },
    ],
    ['undo 41', 'hotFolders.undo', { handover: 41 }],
    ['settle 41 notSent', 'hotFolders.settle', { handover: 41, outcome: 'notSent' }],
    ['retry file 21', 'files.retry', { file: 21 }],
    ['retry outbox 31 --yes', 'outbox.retry', { id: 31 }],
    ['look-up 31', 'outbox.lookUp', { id: 31 }],
    ['undo-signal 31', 'outbox.undo', { ids: [31] }],
    ['dismiss 31 --reason settled-by-phone', 'outbox.dismiss', { id: 31, reason: 'settled-by-phone' }],
    ['test cp', 'connections.test', { id: 'cp' }],
    ['pause-connection cp', 'connections.pause', { id: 'cp' }],
    ['pause cp', 'connections.pause', { id: 'cp' }],
    ['resume-connection cp', 'connections.resume', { id: 'cp' }],
    ['reconcile cp', 'connections.reconcile', { id: 'cp' }],
    ['job 51 check', 'jobs.check', { job: 51 }],
    ['job 51 resume', 'jobs.command', { job: 51, command: 'resume' }],
    ['job 51 tag-done', 'jobs.command', { job: 51, command: 'tagDone' }],
    ['job 51 restart --yes', 'jobs.command', { job: 51, command: 'restart' }],
    ['job 51 render-again --yes', 'jobs.command', { job: 51, command: 'renderAgain' }],
    [
      'produce --connection px --template poster --order A-1',
      'jobs.produce',
      { connection: 'px', lines: [{ template: 'poster', order: 'A-1', copies: 1, title: '' }], again: false },
    ],
    [
      'produce --connection px --template st:T --order A-1 --copies 3 --title Mugs --again',
      'jobs.produce',
      { connection: 'px', lines: [{ template: 'st:T', order: 'A-1', copies: 3, title: 'Mugs' }], again: true },
    ],
  ])('%s', async (command, call, input) => {
    const ran = await floor.platen(...command.split(' '));
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    expect(ran.out).not.toBe('');
    expect(onlyCall()).toEqual({ call, input });
    const json = await floor.platen(...command.split(' '), '--json');
    expect(json).toMatchObject({ exitCode: 0, err: '' });
    expect(JSON.parse(json.out)).not.toBeNull();
  });

  it('retries every problem and says how many', async () => {
    expect((await floor.platen('retry', '--all-problems')).out).toBe('2 files and 3 signals are tried again.\n');
    expect(floor.station.seen.map(({ call }) => call)).toEqual(['files.retryProblems', 'outbox.retryProblems']);
  });

  it('looks at a signal before it sends it again, and sends a problem again', async () => {
    expect(await floor.platen('retry', 'outbox', '31')).toMatchObject({ exitCode: 0, err: '' });
    expect(floor.station.seen.map(({ call }) => call)).toEqual(['outbox.get', 'outbox.retry']);
  });

  it.each([
    ['produce', 'command 31 (produce) may be carried out, and billed, twice'],
    ['shipped', 'signal 31 (shipped) may be carried out twice'],
  ] as const)('does not send a maybe again (%s) before a person says --yes', async (kind, warning) => {
    await floor.remove();
    const signal = sampleSignal({ id: 31, kind, state: 'maybe', sentAt: null });
    floor = await openFloor(createStandInStation({ outbox: { get: async () => ({ signal, attempts: [] }) } }));
    expect(await floor.platen('retry', 'outbox', '31')).toEqual({
      exitCode: 1,
      out: '',
      err: `platen: ${warning}: look-up 31 asks the platform; say --yes to send it again\n`,
    });
    expect(floor.station.seen.map(({ call }) => call)).toEqual(['outbox.get']);
    expect((await floor.platen('retry', 'outbox', '31', '--yes')).exitCode).toBe(0);
    expect(floor.station.seen.map(({ call }) => call)).toEqual(['outbox.get', 'outbox.retry']);
  });

  it('says in one line what became of what was asked of a job', async () => {
    expect((await floor.platen('job', '51', 'check')).out).toBe(
      'Job 51: working (rendering), asked for in 1 min 0 s\n',
    );
    expect((await floor.platen('job', '51', 'resume')).out).toBe('Job 51: resume is queued as 62\n');
    expect((await floor.platen('job', '51', 'restart', '--yes')).out).toBe(
      'Job 51: restart is queued as 62 (restart may run steps twice that have been paid for)\n',
    );
    expect(JSON.parse((await floor.platen('job', '51', 'check', '--json')).out)).toMatchObject({
      id: 51,
      status: 'working',
      order: 'A-1',
    });
  });

  it('says what a comparison with the platform found', async () => {
    await floor.remove();
    const reconciliation = {
      at: '2026-07-01T09:10:00.000Z',
      reason: 'asked',
      there: 214,
      here: 211,
      missing: 3,
      ended: 2,
    } as const;
    floor = await openFloor(
      createStandInStation({
        connections: { reconcile: async ({ id }) => ({ connection: sampleConnection({ id, reconciliation }) }) },
      }),
    );
    expect((await floor.platen('reconcile', 'cp')).out).toBe('cp: 214 there, 211 here, 3 taken in, 2 had ended\n');
  });

  it('produces a list as one call, and says per order what is queued', async () => {
    await writeFile(join(floor.dataFolder, 'list.csv'), 'Token;Order;Copies\r\nst:a;A-1;2\r\nst:b;A-1;\r\n');
    const ran = await floor.platen('produce', '--connection', 'px', '--csv', 'list.csv', '--again');
    expect(ran).toEqual({ exitCode: 0, out: 'Order 1 (A-1): queued to be produced as 61, 62\n', err: '' });
    expect(onlyCall()).toEqual({
      call: 'jobs.produce',
      input: {
        connection: 'px',
        lines: [
          { template: 'st:a', order: 'A-1', copies: 2, title: '' },
          { template: 'st:b', order: 'A-1', copies: 1, title: '' },
        ],
        again: true,
      },
    });
  });

  it.each([
    ['poster,A-1,two\nposter,,1\n', ', line 1: copies: must be a whole number, 1 to 1000000 (and 1 more wrong line)'],
    ['poster,A-1\n'.repeat(501), ' has 501 lines: split it, at most 500 go at once'],
    ['', ', line 1: there is nothing to produce'],
  ])('sends nothing of a list that is wrong', async (text, line) => {
    const path = join(floor.dataFolder, 'list.csv');
    await writeFile(path, text);
    expect(await floor.platen('produce', '--connection', 'px', '--csv', path)).toEqual({
      exitCode: 1,
      out: '',
      err: `platen: ${path}${line}\n`,
    });
    expect(floor.station.seen).toEqual([]);
  });

  it('imports a document as it stands in the file, and says what became of it', async () => {
    await writeFile(join(floor.dataFolder, 'order.json'), '{"reference":"Bøger"}');
    const ran = await floor.platen('import', 'order.json', '--connection', 'cp');
    expect(ran.out).toBe('Order 900000020000 is stored as 2.\n');
    expect(onlyCall().input).toEqual({ connection: 'cp', document: '{"reference":"Bøger"}' });
  });

  it('writes safe copies to where the person is, not to where the station is', async () => {
    const ran = await floor.platen('backup', 'copy.db', '--json');
    expect(JSON.parse(ran.out)).toEqual({ path: join(floor.dataFolder, 'copy.db'), bytes: 4096 });
    expect((await floor.platen('support-bundle', '/tmp/bundle.json')).out).toBe('Written: /tmp/bundle.json (2.0 kB)\n');
  });

  it('says when a signal is kept here by a setting', async () => {
    await floor.remove();
    floor = await openFloor(
      createStandInStation({
        items: { signal: async () => ({ signal: null, item: sampleItem({ stage: 'packed' }) }) },
      }),
    );
    const { out, exitCode } = await floor.platen('signal', '11', 'packed');
    expect({ out, exitCode }).toEqual({
      out: 'Written down, not sent: Item 11 (900000010000_1): packed\n',
      exitCode: 0,
    });
  });

  it('fails when the connection test fails, after telling the steps', async () => {
    await floor.remove();
    const steps = [
      { step: 'name', ok: true, detail: 'found' },
      { step: 'key', ok: false, detail: 'refused with 401' },
    ];
    floor = await openFloor(createStandInStation({ connections: { test: async () => ({ ok: false, steps }) } }));
    const ran = await floor.platen('test', 'cp');
    expect(ran.out).toBe('ok      name: found\nfailed  key: refused with 401\n');
    expect(ran).toMatchObject({ exitCode: 1, err: 'platen: key: refused with 401\n' });
  });
});

describe('a command that is wrong', () => {
  it.each([
    ['ordres', "unknown command 'ordres' (Did you mean orders?)"],
    ['orders --stage ready', /^--stage must be one of received, registered, /],
    ['orders --colour red', "unknown option '--colour'"],
    ['orders extra', /too many arguments/],
    ['order', "missing required argument 'order'"],
    ['order x', 'order must be an id, or CONNECTION:EXTERNAL-ID'],
    ['order 0', 'order must be an id, or CONNECTION:EXTERNAL-ID'],
    ['signal 11 eaten', 'kind must be one of started, produced, packed, shipped, error, cancel'],
    ['signal 11 shipped', '--tracking is needed for shipped'],
    ['signal 11 packed --tracking T1', '--tracking does not belong to packed'],
    ['signal 11 error --text x', '--delay-hours is needed for error'],
    ['signal 11 error --text x --delay-hours soon', '--delay-hours must be a whole number'],
    ['signal 11 cancel --text x', '--cause is needed for cancel'],
    ['hold 11', '--note is needed'],
    ['release 11', '--to is needed'],
    ['import x.json', '--connection is needed'],
    ['settle 41 perhaps', 'outcome must be one of sent, notSent'],
    ['retry', 'say file ID, outbox ID, or --all-problems alone'],
    ['retry file', 'say file ID, outbox ID, or --all-problems alone'],
    ['retry file 1 --all-problems', 'say file ID, outbox ID, or --all-problems alone'],
    ['undo abc', 'handover must be an id, a whole number'],
    ['retry file 1 --yes', '--yes goes with outbox ID only'],
    ['job 51', "missing required argument 'action'"],
    ['job x check', 'job must be an id, a whole number'],
    ['job 51 stop', 'action must be one of check, render-again, resume, restart, tag-done'],
    ['job 51 restart', 'restart may run steps twice that have been paid for: say --yes to do it'],
    ['job 51 render-again', 'render-again is billed by the platform: say --yes to do it'],
    ['produce --template t --order A-1', '--connection is needed'],
    ['produce --connection px', '--template is needed, or --csv'],
    ['produce --connection px --template t', '--order is needed'],
    ['produce --connection px --template t --order A-1 --copies 0', '--copies must be 1 to 1000000'],
    [`produce --connection px --template t --order ${'A'.repeat(101)}`, '--order is too long'],
    ['produce --connection px --csv list.csv --copies 2', '--copies does not go with --csv'],
    ['jobs --state ready', /^--state must be one of requested, waiting, working, /],
    ['orders --lane fast', '--lane must be one of own, outsourced'],
    ['serve --ui-port 70000', '--ui-port must be a port, 0 to 65535'],
  ])('%s is one line on stderr and asks nothing', async (command, line) => {
    const ran = await floor.platen(...command.split(' '));
    expect(ran.exitCode).toBe(2);
    expect(ran.out).toBe('');
    expect(ran.err).toMatch(/^platen: [^\n]+\n$/);
    expect(ran.err.slice('platen: '.length).trimEnd()).toMatch(typeof line === 'string' ? exactly(line) : line);
    expect(floor.station.seen).toEqual([]);
  });

  it.each([
    ['import none.json --connection cp', /none\.json cannot be read: it does not exist$/],
    ['import latin.xml --connection cp', /latin\.xml is not text in UTF-8$/],
    ['signal 999 packed', /^platen: there is no item 999$/],
    ['job 999 check', /^platen: there is no job 999$/],
    ['produce --connection px --csv latin.xml', /latin\.xml is not text in UTF-8$/],
  ])('%s is refused with one line', async (command, line) => {
    await writeFile(join(floor.dataFolder, 'latin.xml'), Buffer.from([0x3c, 0xe6, 0x3e]));
    const ran = await floor.platen(...command.split(' '));
    expect(ran).toMatchObject({ exitCode: 1, out: '' });
    expect(ran.err.trimEnd()).toMatch(line);
    expect(ran.err.match(/\n/g)).toHaveLength(1);
  });
});

const exactly = (text: string): RegExp => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
