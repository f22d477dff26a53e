import { afterEach, describe, expect, it } from 'vitest';
import { ContractError } from '../../../main/contract/failure.ts';
import {
  sampleConnection,
  sampleFile,
  sampleHandover,
  sampleHotFolder,
  sampleItem,
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
    await floor.platen('files', '--state', 'problem');
    await floor.platen('outbox', '--state', 'maybe');
    expect(floor.station.seen.map(({ input }) => input)).toMatchObject([
      { stages: ['printReady'], problemsOnly: true, openOnly: true, connections: ['cp'], search: 'x' },
      { states: ['problem'] },
      { states: ['maybe'] },
    ]);
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
