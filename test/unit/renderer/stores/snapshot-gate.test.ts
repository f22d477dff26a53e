import { expect, test } from 'vitest';
import { SnapshotGate } from '../../../../renderer/stores/snapshot-gate.ts';

const event = (revision: number, epoch = 'e1') => ({ epoch, revision });

test('what came before the snapshot is held, and only what the snapshot lacks is applied', () => {
  const gate = new SnapshotGate<ReturnType<typeof event>>();
  expect([event(4), event(5), event(6)].map((one) => gate.offer(one))).toEqual(['hold', 'hold', 'hold']);
  expect(gate.open(event(5))).toEqual([event(6)]);
});

test('events up to the revision of the snapshot are dropped, later ones are news', () => {
  const gate = new SnapshotGate<ReturnType<typeof event>>();
  gate.open(event(5));
  expect([5, 3, 6, 6].map((revision) => gate.offer(event(revision)))).toEqual(['drop', 'drop', 'apply', 'apply']);
});

test('a new epoch asks for a new snapshot, which then counts', () => {
  const gate = new SnapshotGate<ReturnType<typeof event>>();
  gate.open(event(50));
  expect(gate.offer(event(1, 'e2'))).toBe('resync');
  expect(gate.offer(event(3, 'e2'))).toBe('hold');
  expect(gate.open(event(2, 'e2'))).toEqual([event(3, 'e2')]);
  expect(gate.offer(event(4, 'e2'))).toBe('apply');
});

test('held events of an older epoch are forgotten', () => {
  const gate = new SnapshotGate<ReturnType<typeof event>>();
  gate.offer(event(99));
  expect(gate.open(event(1, 'e2'))).toEqual([]);
});
