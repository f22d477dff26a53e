import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createScannerStore } from '../../../../renderer/stores/scanner-store.ts';
import { sampleItem, sampleRow } from '../../../contract/stand-in/sample-views.ts';
import { createStandInStation, mark } from '../../../contract/stand-in/stand-in-station.ts';
import { linkTo } from '../../../support/stand-in-link.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A workstation that remembers `kept`. */
const openWorkstation = async (kept: string | null = null) => {
  let remembered = kept;
  let shown = sampleItem({ stage: 'printReady' });
  const station = createStandInStation({
    items: { get: async () => ({ ...mark, item: shown, order: sampleRow() }) },
  });
  const { link } = linkTo(station);
  const memory = {
    read: () => remembered,
    write: (text: string) => {
      remembered = text;
    },
  };
  const store = createScannerStore({ link, scanner: memory });
  link.start();
  await vi.advanceTimersByTimeAsync(0);
  return {
    state: () => store.getState(),
    memory,
    change: async (item: typeof shown) => {
      shown = item;
      station.emit('orders.changed', { ...mark, revision: mark.revision + 1, orders: [sampleRow()] });
      await vi.advanceTimersByTimeAsync(200);
    },
    [Symbol.dispose]: () => link.stop(),
  };
};

test('the current item shows what becomes of it', async () => {
  using workstation = await openWorkstation();
  await workstation.state().take(11);
  expect(workstation.state().current?.item.stage).toBe('printReady');
  await workstation.change(sampleItem({ stage: 'produced' }));
  expect(workstation.state().current?.item.stage).toBe('produced');
});

test('an item is let go when nobody has scanned anything for five minutes', async () => {
  using workstation = await openWorkstation();
  await workstation.state().take(11);
  workstation.state().answer({ kind: 'itemShown' });
  await vi.advanceTimersByTimeAsync(4 * 60_000);
  workstation.state().answer({ kind: 'done', command: 'hold' });
  await vi.advanceTimersByTimeAsync(4 * 60_000);
  expect(workstation.state()).toMatchObject({ isShown: true, lastScan: { sequence: 2, kind: 'good' } });
  expect(workstation.state().current).not.toBeNull();
  await vi.advanceTimersByTimeAsync(61_000);
  expect(workstation.state()).toMatchObject({ isShown: false, current: null, lastScan: { sequence: 2 } });
});

test('the settings are kept at the workstation, and what is none is passed over', async () => {
  using workstation = await openWorkstation();
  expect(workstation.state().settings).toEqual({ prefix: '', keyGapMs: 30 });
  workstation.state().saveSettings({ prefix: ']C1', keyGapMs: 45 });
  using again = await openWorkstation(workstation.memory.read());
  expect(again.state().settings).toEqual({ prefix: ']C1', keyGapMs: 45 });
  for (const text of ['', '{}', 'null', '{"prefix":"","keyGapMs":9000}']) {
    using other = await openWorkstation(text);
    expect(other.state().settings).toEqual({ prefix: '', keyGapMs: 30 });
  }
});
