import { afterEach, describe, expect, it } from 'vitest';
import { ContractError } from '../../../main/contract/failure.ts';
import {
  sampleBudget,
  sampleConnection,
  sampleFile,
  sampleHandover,
  sampleHotFolder,
  sampleItem,
  sampleJob,
  sampleOrder,
  sampleSignal,
  sampleStation,
} from '../../contract/stand-in/sample-views.ts';
import { createStandInStation, mark } from '../../contract/stand-in/stand-in-station.ts';
import { type Floor, openFloor } from './platen.ts';

let floor: Floor;
afterEach(() => floor.remove());

const lists = [
  ['connections', 'connections.list', 'id'],
  ['orders', 'orders.listDetailed', 'id'],
  ['files', 'files.list', 'id'],
  ['jobs', 'jobs.list', 'id'],
  ['outbox', 'outbox.list', 'id'],
  ['hotfolders', 'hotFolders.list', 'id'],
  ['handovers', 'hotFolders.list', 'id'],
] as const;

describe('a list', () => {
  it.each(lists)('%s is an array of the contract’s objects with --json', async (command, call, key) => {
    floor = await openFloor();
    const ran = await floor.platen(command, '--json');
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    const rows: unknown = JSON.parse(ran.out);
    expect(rows).toEqual([expect.objectContaining({ [key]: expect.anything() })]);
    expect(floor.station.seen).toMatchObject([{ call, by: 'command line' }]);
  });

  it.each(lists)('%s is a table of at most 100 columns for a person', async (command) => {
    const long = 'a very long text that someone typed without any thought of narrow terminals '.repeat(3);
    floor = await openFloor(
      createStandInStation({
        connections: {
          list: async () => ({ ...mark, connections: [sampleConnection({ state: 'waiting' })], platforms: [] }),
        },
        orders: {
          listDetailed: async () => ({
            total: 1,
            orders: [sampleOrder({ customer: long, problem: long, problemCount: 3 })],
          }),
        },
        files: {
          list: async () => ({
            ...mark,
            total: 1,
            countByState: {},
            files: [sampleFile({ state: 'problem', problem: long })],
            transfers: [],
          }),
        },
        jobs: {
          list: async () => ({
            ...mark,
            total: 1,
            jobs: [sampleJob({ orderExternalId: long, statusText: long, problem: long, warnings: ['invalidGlyph'] })],
          }),
        },
        outbox: {
          list: async () => ({
            ...mark,
            total: 1,
            countByState: {},
            signals: [sampleSignal({ state: 'problem', sentAt: null, lastError: long })],
          }),
        },
        hotFolders: {
          list: async () => ({
            ...mark,
            hotFolders: [sampleHotFolder({ problem: long })],
            handovers: [sampleHandover({ fileName: long, problem: long })],
          }),
        },
      }),
    );
    const ran = await floor.platen(command);
    expect(ran).toMatchObject({ exitCode: 0, err: '' });
    const lines = ran.out.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThanOrEqual(2);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('of many rows is read to its end, and a row that moved between two pages comes once', async () => {
    const files = Array.from({ length: 450 }, (_, index) => sampleFile({ id: index + 1 }));
    floor = await openFloor(
      createStandInStation({
        files: {
          list: async ({ offset, limit }) => {
            const from = offset === 0 ? 0 : offset - 1; // One new row came in front since the first page.
            return { ...mark, total: 450, countByState: {}, files: files.slice(from, from + limit), transfers: [] };
          },
        },
      }),
    );
    const ran = await floor.platen('files', '--json');
    const ids = (JSON.parse(ran.out) as { id: number }[]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(449);
  });

  it('says in words when it is empty, and is an empty array with --json', async () => {
    floor = await openFloor(createStandInStation({ orders: { listDetailed: async () => ({ total: 0, orders: [] }) } }));
    expect((await floor.platen('orders')).out).toBe('There are no such orders.\n');
    expect((await floor.platen('orders', '--json')).out).toBe('[]\n');
  });

  it('passes its filters on', async () => {
    floor = await openFloor();
    await floor.platen('orders', '--stage', 'printReady', '--problem', '--open', '--connection', 'cp', '--search', 'x');
    await floor.platen('orders', '--lane', 'outsourced');
    await floor.platen('files', '--state', 'problem');
    await floor.platen('outbox', '--state', 'maybe');
    await floor.platen('jobs', '--state', 'failed', '--connection', 'px', '--open');
    expect(floor.station.seen.map(({ input }) => input)).toMatchObject([
      { stages: ['printReady'], problemsOnly: true, openOnly: true, connections: ['cp'], search: 'x' },
      { lanes: ['outsourced'], openOnly: false },
      { states: ['problem'] },
      { states: ['maybe'] },
      { states: ['failed'], connection: 'px', openOnly: true },
    ]);
  });
});

describe('the jobs', () => {
  it('have the names of the command line with --json', async () => {
    floor = await openFloor();
    expect(JSON.parse((await floor.platen('jobs', '--json')).out)).toEqual([
      expect.objectContaining({
        id: 51,
        connection: 'px',
        externalId: 'j-1',
        order: 'A-1',
        status: 'working',
        statusText: 'rendering',
        final: false,
        nextCheckAt: '2026-07-01T09:11:00.000Z',
        problem: null,
        actions: ['check', 'restart'],
      }),
    ]);
  });

  it('show order, state with the platform’s word, next check and problem', async () => {
    const failed = { id: 52, state: 'failed', statusText: 'FAILED', nextCheckAt: null, problem: 'no font' } as const;
    floor = await openFloor(
      createStandInStation({
        jobs: { list: async () => ({ ...mark, total: 2, jobs: [sampleJob(), sampleJob(failed)] }) },
      }),
    );
    const [, working, ended, count] = (await floor.platen('jobs')).out.split('\n');
    expect(working).toMatch(/^51 {2}px:A-1 {2}working \(rendering\) {2}in 1 min 0 s$/);
    expect(ended).toMatch(/^52 {2}px:A-1 {2}failed {15}- {13}no font$/);
    expect(count).toBe('2 jobs');
  });
});

describe('the connections', () => {
  it('show what their budget leaves, and how their jobs are followed', async () => {
    const connections = [
      sampleConnection({
        id: 'px',
        budget: { requests: 60, perSeconds: 60, concurrency: 4, current: 30, inSpan: 12 },
        jobs: {
          open: 7,
          lastSweptAt: '2026-07-01T09:09:50.000Z',
          nextSweepAt: null,
          listRefused: 'this token may not list',
        },
        reconciliation: {
          at: '2026-07-01T09:07:00.000Z',
          reason: 'hourly',
          there: 214,
          here: 214,
          missing: 0,
          ended: 0,
        },
      }),
      sampleConnection({
        budget: sampleBudget,
        jobs: { open: 0, lastSweptAt: null, nextSweepAt: null, listRefused: null },
      }),
    ];
    floor = await openFloor(
      createStandInStation({ connections: { list: async () => ({ ...mark, connections, platforms: [] }) } }),
    );
    expect((await floor.platen('connections')).out.trimEnd().split('\n').slice(3)).toEqual([
      '',
      'px budget: 12 of 60 per 60 s, at most 4 at once, throttled to 30',
      'px jobs: 7 open, last swept 10 s ago',
      'px list refused: this token may not list',
      'px compared (hourly, 3 min 0 s ago): 214 there, 214 here',
      'cp budget: 0 of 10 per 1 s, at most 4 at once',
      'cp jobs: 0 open, not swept yet',
    ]);
  });
});

describe('the outbox', () => {
  it('names commands in words, and says who decides about a maybe', async () => {
    const signals = [
      sampleSignal({ id: 61, kind: 'produce', state: 'maybe', sentAt: null, lastError: 'no answer' }),
      sampleSignal({ id: 62, kind: 'tagDone' }),
    ];
    floor = await openFloor(
      createStandInStation({ outbox: { list: async () => ({ ...mark, total: 2, countByState: {}, signals }) } }),
    );
    const { out } = await floor.platen('outbox');
    expect(out).toMatch(/ produce +maybe .* a person decides: no ans/);
    expect(out).toMatch(/ tag as done +sent/);
    expect(out).toContain('For each maybe a person decides: look-up ID, then retry outbox ID or dismiss ID.');
    expect(JSON.parse((await floor.platen('outbox', '--json')).out)).toMatchObject([{ kind: 'produce' }, {}]);
  });
});

describe('one order', () => {
  it('is found by its id and by its external id', async () => {
    floor = await openFloor();
    for (const reference of ['1', 'cp:900000010000']) {
      const ran = await floor.platen('order', reference, '--json');
      expect(JSON.parse(ran.out)).toMatchObject({
        id: 1,
        externalId: '900000010000',
        items: [{ externalId: '900000010000_1', files: [{ role: 'cover', state: 'ready' }] }],
        history: [{ code: 'order.received' }],
      });
    }
  });

  it('shows what happened to it, within 100 columns', async () => {
    const item = sampleItem({
      held: { note: 'paper is short', since: '2026-07-01T09:00:00.000Z' },
      handovers: [sampleHandover({ state: 'maybeSent' })],
      problem: 'MD5 differs',
    });
    floor = await openFloor(
      createStandInStation({
        orders: { get: async () => ({ ...mark, order: sampleOrder({ items: [item] }), history: [] }) },
      }),
    );
    const { out } = await floor.platen('order', '1');
    expect(out).toContain('Order 900000010000 · id 1 · from cp');
    expect(out).toContain('print-ready · problem: MD5 differs');
    expect(out).toMatch(/held since \S+ \S+: paper is short/);
    expect(out).toContain('hand-over 41: cover to indigo, maybe sent');
    expect(out).toMatch(/signal 31: registered, sent/);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('shows its lane, and its jobs with what the platform believes', async () => {
    const jobs = [sampleJob({ problem: 'the payment expired', warnings: ['invalidGlyph'], replacedBy: 53 })];
    floor = await openFloor(
      createStandInStation({
        orders: { get: async () => ({ ...mark, order: sampleOrder({ lane: 'outsourced', jobs }), history: [] }) },
      }),
    );
    const { out } = await floor.platen('order', '1');
    expect(out).toContain('print-ready · lane outsourced · Fjord Books');
    expect(out).toContain(
      [
        'Jobs, and what the platform believes of them',
        '  job 51 · j-1 · working (rendering) · last seen 30 s ago · next check in 1 min 0 s · replaced by',
        '      job 53',
        '    problem: the payment expired',
        '    warning: invalid glyph',
        '    order status: In production',
      ].join('\n'),
    );
    expect(JSON.parse((await floor.platen('order', '1', '--json')).out)).toMatchObject({
      lane: 'outsourced',
      jobs: [{ status: 'working', order: 'A-1' }],
    });
  });

  it('that is not here is one line and a failure', async () => {
    floor = await openFloor();
    expect(await floor.platen('order', '5')).toEqual({ exitCode: 1, out: '', err: 'platen: there is no order 5\n' });
  });
});

describe('the status', () => {
  it('is told in plain words, and as the contract’s station with --json', async () => {
    floor = await openFloor(
      createStandInStation({
        station: {
          get: async () => ({
            ...mark,
            station: sampleStation({
              notices: [
                {
                  id: 1,
                  at: '2026-07-01T09:00:00.000Z',
                  level: 'alarm',
                  code: 'x',
                  detail: {},
                  text: 'a key was refused',
                },
              ],
            }),
          }),
        },
      }),
    );
    const { out } = await floor.platen('status');
    expect(out).toContain('Site A, version 0.1.0, started 10 min 0 s ago');
    expect(out).toContain('1 open, 0 problems');
    expect(out).toContain('alarm: a key was refused');
    expect(JSON.parse((await floor.platen('status', '--json')).out)).toMatchObject({ name: 'Site A', host: 'browser' });
  });
});

describe('the last start', () => {
  it('is told with the time that the station was off, and what was found per connection', async () => {
    const found = { name: 'x', callbacks: 'none', there: 214, here: 214, missing: 0, ended: 0 } as const;
    const startReport = {
      startedAt: '2026-07-01T09:00:00.000Z',
      offSince: '2026-06-28T19:00:00.000Z',
      offSeconds: 62 * 3600,
      connections: [
        { ...found, connection: 'px', missing: 3, ended: 2, callbacks: 'probablyLost' } as const,
        { ...found, connection: 'pa', callbacks: 'stillRetried' } as const,
        { ...found, connection: 'cp', there: null, here: null, missing: null, ended: null } as const,
      ],
    };
    floor = await openFloor(
      createStandInStation({
        station: { get: async () => ({ ...mark, station: sampleStation({ startReport }) }) },
      }),
    );
    const { out } = await floor.platen('status');
    expect(out).toMatch(/^Jobs {9}2 open, 1 problem$/m);
    expect(out).toMatch(/^Before its start the station was off for 2 d 14 h, since 2026-06-28 \d\d:\d\d\.$/m);
    expect(out).toContain('  px: 214 there, 214 here, 3 taken in, 2 had ended; callbacks probably lost\n');
    expect(out).toContain('  pa: 214 there, 214 here; callbacks are still retried by the platform\n');
    expect(out).toContain('  cp: the platform could not be asked\n');
  });

  it('is called the first where there was none before', async () => {
    const startReport = { startedAt: '2026-07-01T09:00:00.000Z', offSince: null, offSeconds: 0, connections: [] };
    floor = await openFloor(
      createStandInStation({
        station: { get: async () => ({ ...mark, station: sampleStation({ startReport }) }) },
      }),
    );
    expect((await floor.platen('status')).out).toContain('This is the first start on this data folder.\n');
  });
});

describe('text from outside', () => {
  it('cannot steer the terminal', async () => {
    const order = sampleOrder({ customer: 'Fjord\u001b]0;owned\u0007\u001b[2J\nBooks' });
    floor = await openFloor(
      createStandInStation({ orders: { listDetailed: async () => ({ total: 1, orders: [order] }) } }),
    );
    const { out } = await floor.platen('orders');
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines.join('')).not.toMatch(/\p{Cc}/u);
  });
});

describe('a failure of the station', () => {
  it('is one line, whatever it says', async () => {
    floor = await openFloor(
      createStandInStation({
        files: { list: async () => Promise.reject(new ContractError('conflict', 'first line\nsecond line')) },
      }),
    );
    expect(await floor.platen('files')).toEqual({ exitCode: 1, out: '', err: 'platen: first line second line\n' });
  });
});
