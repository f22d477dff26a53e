import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SignalKind } from '../../../../main/contract/values.ts';
import { Store } from '../../../../main/core/store/store.ts';
import { startNodeChild } from '../../../support/node-child.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { openOutboxStation } from './outbox-station.ts';

const kinds: readonly SignalKind[] = ['registered', 'packed', 'shipped'];

const placeOf = (kind: string): number => kinds.map(String).indexOf(kind);

describe('a process that is killed between sending a signal and noting the answer', () => {
  it('is followed by one that sends it again: each arrives at least once, those of an item in order', {
    timeout: 90_000,
  }, async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'platen.db');
    const ledger = join(folder, 'ledger');
    const store = await Store.open(path);
    const { addItems, outbox, queue } = await openOutboxStation({ store });
    await outbox.stop();
    const { itemIds } = await addItems('A', 3);
    for (const id of itemIds) for (const kind of kinds) await queue(id, kind);
    await store.close();

    const run = (answersGiven: number) =>
      startNodeChild(new URL('./send-child.ts', import.meta.url), [path, ledger, String(answersGiven)]);
    for (const answersGiven of [0, 2, 3]) {
      const child = run(answersGiven);
      for (let muted = 0; muted < 2; ) if ((await child.line()).startsWith('mute')) muted += 1;
      await child.kill();
    }
    const last = run(1000);
    while ((await last.line()) !== 'all sent');
    await last.kill();

    const arrived = (await readFile(ledger, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    for (const item of ['A-1', 'A-2', 'A-3']) {
      const ofItem = arrived.filter(([name]) => name === item).map(([, kind]) => kind ?? '');
      // Without the repeats it is exactly the order in which they were queued.
      expect(ofItem.filter((kind, index) => ofItem.indexOf(kind) === index)).toEqual(kinds);
      expect(ofItem).toEqual(ofItem.toSorted((left, right) => placeOf(left) - placeOf(right)));
    }
    expect(arrived.length).toBeGreaterThan(9);
    const after = await Store.open(path);
    const unsent = await after.read.selectFrom('outbox').select('id').where('state', '!=', 'sent').execute();
    await after.close();
    expect(unsent).toEqual([]);
  });
});
