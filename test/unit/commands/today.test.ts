import { afterEach, describe, expect, it } from 'vitest';
import { sampleRow, sampleToday } from '../../contract/stand-in/sample-views.ts';
import { createStandInStation, mark } from '../../contract/stand-in/stand-in-station.ts';
import { type Floor, openFloor } from './platen.ts';

let floor: Floor;
afterEach(() => floor.remove());

const openDay = (changes: Parameters<typeof sampleToday>[0] = {}) =>
  openFloor(createStandInStation({ today: { get: async () => ({ ...mark, today: sampleToday(changes) }) } }));

describe('the day', () => {
  it('is asked for as this computer has it, or as one asks', async () => {
    floor = await openFloor();
    await floor.platen('today');
    await floor.platen('today', '--day', '2026-06-30', '--time-zone', 'Asia/Kathmandu');
    expect(floor.station.seen.map(({ call, input }) => ({ call, input }))).toEqual([
      { call: 'today.get', input: { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone } },
      { call: 'today.get', input: { day: '2026-06-30', timeZone: 'Asia/Kathmandu' } },
    ]);
  });

  it('that is none is refused before the station is asked', async () => {
    floor = await openFloor();
    const ran = await floor.platen('today', '--day', 'yesterday');
    expect(ran.exitCode).not.toBe(0);
    expect(ran.err).toContain('must be a day, as YYYY-MM-DD');
    expect(floor.station.seen).toEqual([]);
  });

  it('is in numbers for a person, with what is late and why', async () => {
    floor = await openDay();
    const { out, exitCode } = await floor.platen('today');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^2026-07-01 in UTC, as of /);
    expect(out).toMatch(/^Late {11}1 {2}ship-by has passed$/m);
    expect(out).toMatch(/^Shipped {8}4 {2}on the day$/m);
    expect(out).toMatch(/^Cloudprinter\.com +12 +10 +4$/m);
    expect(out).toContain('Files: 12 verified, 11 at the first try, 1 after a repeat; 0 problems now\n');
    expect(out).toContain(
      'Signals: 16 sent, 11 on time, 1 late (by 1 min 35 s at worst), 4 without a deadline\n' +
        'Signals not sent: 1 waiting (deadline in 5 min 0 s), 0 problems\n',
    );
    expect(out).toContain('Printess: 214 there, 214 here, compared 10 min 0 s ago\n');
    expect(out).toMatch(/^cp:900000010000 +Fjord Books +1 h 10 min ago +print-ready since /m);
  });

  it('fits into 100 columns, whatever the orders are called', async () => {
    const long = 'a very long text that someone typed without any thought of narrow terminals '.repeat(3);
    const order = sampleRow({ customer: long, externalId: long, shipBy: '2026-07-01T08:00:00.000Z' });
    const { orders } = sampleToday();
    floor = await openDay({
      orders: { ...orders, late: { ...orders.late, count: 12 } },
      lateOrders: [
        { order, reason: { kind: 'problem', text: long } },
        { order, reason: { kind: 'held', note: long } },
      ],
    });
    const { out } = await floor.platen('today');
    expect(out).toContain('and 10 more\n');
    const tableLines = out.slice(out.indexOf('LATE ORDER')).split('\n');
    for (const line of tableLines) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('is the contract’s object with --json: each number with the filter that leads to its orders', async () => {
    floor = await openDay({ timeZone: 'UTC' });
    const { out } = await floor.platen('today', '--json');
    expect(JSON.parse(out)).toEqual(sampleToday());
  });
});
