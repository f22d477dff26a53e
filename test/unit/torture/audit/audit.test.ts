import { describe, expect, it } from 'vitest';
import { audit } from '../../../torture/audit/audit.ts';
import type { Evidence } from '../../../torture/audit/evidence.ts';

const words = ['ItemRegistered', 'ItemProduced', 'ItemShipped 1Z-7'] as const;

/** Two orders of which nothing is lost: one of Cloudprinter's, one rendered by Printess. */
const flawless: Evidence = {
  orders: {
    there: [
      { connection: 'cp', order: '7', must: true, items: 1 },
      { connection: 'px', order: 'SO-1', must: true, items: 1 },
    ],
    here: [
      { connection: 'cp', order: '7', items: 1, stage: 'shipped' },
      { connection: 'px', order: 'SO-1', items: 1, stage: 'shipped' },
    ],
    earlier: { filled: 100, left: 100 },
    followed: [{ connection: 'pa', order: 'PA-1', there: 'Shipped', here: 'Shipped' }],
  },
  files: {
    there: [
      { connection: 'cp', order: '7', md5: 'aa' },
      { connection: 'px', order: 'SO-1', md5: 'bb' },
    ],
    here: [
      { id: 1, connection: 'cp', order: '7', name: '7.pdf', ready: true, excused: false, md5: 'aa', notedMd5: 'aa' },
      {
        id: 2,
        connection: 'px',
        order: 'SO-1',
        name: 'SO-1.pdf',
        ready: true,
        excused: false,
        md5: 'bb',
        notedMd5: 'bb',
      },
    ],
  },
  handovers: {
    rows: [
      { id: 1, file: 1, folder: 'press', name: '7.pdf', state: 'pickedUp' },
      { id: 2, file: 2, folder: 'digital', name: 'SO-1.pdf', state: 'pickedUp' },
    ],
    taken: [
      { folder: 'press', name: '7.pdf', md5: 'aa' },
      { folder: 'digital', name: 'SO-1.pdf', md5: 'bb' },
    ],
    again: new Map(),
    leftovers: [],
  },
  signals: {
    rows: words.map((said, at) => ({
      id: at + 1,
      item: '71',
      words: said,
      kind: 'produced' as const,
      state: 'sent' as const,
      mandatory: true,
      replaced: false,
    })),
    // A kill may cut off an answer: then it is said once more, and nothing else in between.
    told: [words[0], words[0], words[1], words[2]].map((said) => ({ item: '71', words: said })),
    confirmed: [{ signal: 3, item: '71', undone: false }],
    registered: ['71'],
  },
  commands: [{ command: 'produce', subject: 'SO-1 st:CARD', asked: 1, maybe: 0, reached: 0, carriedOut: 1 }],
  budgets: [{ connection: 'cp', requests: 2, windowMs: 1_000, momentsMs: [0, 500, 1_000, 1_500] }],
  databases: [{ name: 'platen.db', verdict: 'ok' }],
  deaths: [],
};

const lossesOf = (changes: Partial<Evidence>): readonly string[] =>
  audit({ ...flawless, ...changes }).map(({ kind, where, what }) => `${kind}: ${where}: ${what}`);

const { orders, files, handovers, signals } = flawless;
const [firstFile, ...otherFiles] = files.here;
const [firstRow, ...otherRows] = signals.rows;

describe('the audit', () => {
  it('finds nothing where nothing is lost', () => {
    expect(audit(flawless)).toEqual([]);
  });

  it('misses an order whose row was deleted, one that is there twice, and one that nobody sent', () => {
    expect(lossesOf({ orders: { ...orders, here: orders.here.slice(1) } })).toEqual(['order: cp:7: it is not here']);
    expect(lossesOf({ orders: { ...orders, here: [...orders.here, ...orders.here.slice(0, 1)] } })).toEqual([
      'order: cp:7: it is here 2 times',
    ]);
    expect(lossesOf({ orders: { ...orders, there: orders.there.slice(1) } })).toEqual(['order: cp:7: nobody sent it']);
  });

  it('misses an item, orders of earlier days, and a status that never came', () => {
    const halved = orders.here.map((order) => ({ ...order, items: 0 }));
    expect(lossesOf({ orders: { ...orders, here: halved } })).toHaveLength(2);
    expect(lossesOf({ orders: { ...orders, earlier: { filled: 100, left: 99 } } })).toEqual([
      'order: earlier orders: 99 of 100 are left',
    ]);
    const late = [{ connection: 'pa', order: 'PA-1', there: 'Shipped', here: 'Processing' }];
    expect(lossesOf({ orders: { ...orders, followed: late } })).toHaveLength(1);
  });

  it('sees a flipped byte, a missing file, one that is not ready, and one that is here twice', () => {
    if (firstFile === undefined) throw new Error('there is no file');
    const withFirst = (changes: Partial<typeof firstFile>) =>
      lossesOf({ files: { ...files, here: [{ ...firstFile, ...changes }, ...otherFiles] } });
    expect(withFirst({ md5: 'a0' })).toContain('file: cp:7 7.pdf (file 1): MD5 a0 on disk, but aa was verified');
    expect(withFirst({ md5: 'a0', notedMd5: 'a0' })[0]).toMatch(/MD5 a0 is that of no file there/);
    expect(withFirst({ md5: null })).toContain('file: cp:7 7.pdf (file 1): it is not on disk');
    expect(withFirst({ ready: false })).toContain('file: cp:7 7.pdf (file 1): it is not ready');
    expect(lossesOf({ files: { ...files, here: [...files.here, { ...firstFile, id: 3 }] } })).toEqual([
      expect.stringMatching(/here twice/),
      'handOver: 7.pdf (file 3): it was never handed over',
    ]);
    expect(lossesOf({ files: { ...files, here: otherFiles } })).toContain('file: cp:7: 1 of its files are not here');
  });

  it('sees a file that the RIP got twice, not at all, damaged, or by a wish too many', () => {
    const taken = [...handovers.taken, ...handovers.taken.slice(0, 1)];
    expect(lossesOf({ handovers: { ...handovers, taken } })).toEqual([
      'handOver: press/7.pdf: the RIP took it 2 times, 1 are known here',
    ]);
    expect(lossesOf({ handovers: { ...handovers, taken: handovers.taken.slice(1) } })).toEqual([
      'handOver: press/7.pdf: handed over 1 times, and the RIP took it 0 times',
    ]);
    const damaged = handovers.taken.map((each) => ({ ...each, md5: 'cc' }));
    expect(lossesOf({ handovers: { ...handovers, taken: damaged } })).toHaveLength(2);
    const rows = [
      ...handovers.rows,
      { id: 3, file: 1, folder: 'press', name: '7 (2).pdf', state: 'pickedUp' as const },
    ];
    const twice = {
      ...handovers,
      rows,
      taken: [...handovers.taken, { folder: 'press', name: '7 (2).pdf', md5: 'aa' }],
    };
    expect(lossesOf({ handovers: twice })).toEqual([
      'handOver: 7.pdf (file 1): handed over 2 times, and at most 1 were wanted',
    ]);
    expect(lossesOf({ handovers: { ...twice, again: new Map([[1, 1]]) } })).toEqual([]);
  });

  it('lets a doubt be a doubt, and nothing else be unfinished', () => {
    const inState = (state: 'maybeSent' | 'copying') => ({
      ...handovers,
      rows: handovers.rows.map((row) => (row.id === 1 ? { ...row, state } : row)),
    });
    expect(lossesOf({ handovers: inState('maybeSent') })).toEqual([]);
    expect(lossesOf({ handovers: inState('copying') })).toContain(
      'handOver: 7.pdf (file 1): hand-over 1 is still copying',
    );
    expect(lossesOf({ handovers: { ...handovers, leftovers: ['press/.platen-1.part'] } })).toHaveLength(1);
  });

  it('sees signals in another order, one that never arrived, and one that nobody queued', () => {
    const told = signals.told.toReversed();
    expect(lossesOf({ signals: { ...signals, told } })).toEqual([
      expect.stringMatching(/^signal: 71: the platform heard/),
    ]);
    expect(lossesOf({ signals: { ...signals, told: signals.told.slice(0, -1) } })).toHaveLength(1);
    const again = [...signals.told, { item: '71', words: words[1] }];
    expect(lossesOf({ signals: { ...signals, told: again } })).toHaveLength(1);
  });

  it('sees a signal that still waits, one that was confirmed and is gone, and one that nobody took back', () => {
    if (firstRow === undefined) throw new Error('there is no signal');
    const waiting = [{ ...firstRow, state: 'waiting' as const }, ...otherRows];
    expect(lossesOf({ signals: { ...signals, rows: waiting } })).toContain(
      'signal: 71: signal 1 (ItemRegistered) is still waiting',
    );
    const confirmed = [{ signal: 9, item: '71', undone: false }];
    expect(lossesOf({ signals: { ...signals, confirmed } })).toEqual([
      'signal: 71: signal 9 was confirmed to an operator, and is gone',
    ]);
    const cancelled = signals.rows.map((row) => (row.id === 3 ? { ...row, state: 'cancelled' as const } : row));
    const taken = { ...signals, rows: cancelled, told: signals.told.slice(0, 3) };
    expect(lossesOf({ signals: taken })).toHaveLength(1);
    expect(lossesOf({ signals: { ...taken, confirmed: [{ signal: 3, item: '71', undone: true }] } })).toEqual([]);
    expect(lossesOf({ signals: { ...signals, registered: ['71', '72'] } })).toHaveLength(1);
  });

  it('sees a produce that was carried out twice or never, unless nobody can tell', () => {
    const command = { command: 'produce', subject: 'SO-1 st:CARD', asked: 1, maybe: 0, reached: 0, carriedOut: 2 };
    expect(lossesOf({ commands: [command] })).toEqual([
      'command: produce SO-1 st:CARD: asked 1 times, carried out 2 times',
    ]);
    expect(lossesOf({ commands: [{ ...command, carriedOut: 0 }] })).toHaveLength(1);
    expect(lossesOf({ commands: [{ ...command, carriedOut: 0, maybe: 1 }] })).toEqual([]);
    const resume = { ...command, command: 'resume', subject: '4717', asked: 2, carriedOut: 1 };
    expect(lossesOf({ commands: [resume] })).toHaveLength(1);
    expect(lossesOf({ commands: [{ ...resume, reached: 1 }] })).toEqual([]);
  });

  it('sees one request too many in a window, wherever that lies', () => {
    const budget = { connection: 'cp', requests: 2, windowMs: 1_000, momentsMs: [0, 5_000, 5_400, 5_900] };
    expect(lossesOf({ budgets: [budget] })).toEqual(['budget: cp: 3 requests in 1 s, and the budget has 2']);
  });

  it('sees a damaged database and a station that ended by itself', () => {
    expect(lossesOf({ databases: [{ name: 'platen.db', verdict: '*** in database main ***' }] })).toHaveLength(1);
    expect(lossesOf({ deaths: ['1: out of memory'] })).toHaveLength(1);
  });
});
