import { expect, test } from 'vitest';
import { contract } from '../../../main/contract/contract.ts';
import type { Audience } from '../../../main/contract/define.ts';

const calls = Object.entries(contract).flatMap(([group, members]) =>
  Object.entries(members).flatMap(([name, definition]) =>
    definition.type === 'call' ? [{ full: `${group}.${name}`, name, audience: definition.for }] : [],
  ),
);
const callsFor = (audience: Audience): readonly string[] =>
  calls.filter((call) => call.audience === audience).map(({ full }) => full);

test('whoever stands before a screen may read everything without saying who they are', () => {
  const reads = calls.filter(({ name }) => /^(?:list|get|settings|choices)/.test(name)).map(({ full }) => full);
  expect(reads.length).toBeGreaterThan(8);
  expect(callsFor('everyone')).toEqual(expect.arrayContaining(reads));
});

test('what changes the station itself is for managers, whatever else there is', () => {
  expect(callsFor('manager')).toEqual(
    expect.arrayContaining([
      'station.saveSettings',
      'station.backup',
      'station.supportBundle',
      'connections.save',
      'connections.remove',
      'hotFolders.save',
      'hotFolders.remove',
      'people.save',
      'people.remove',
      'people.saveRules',
      'desktop.leaveStationMode',
    ]),
  );
});

test('what tells a platform something, or moves a file, needs somebody who did it', () => {
  expect(callsFor('operator')).toEqual(
    expect.arrayContaining([
      'items.signal',
      'items.hold',
      'orders.ship',
      'outbox.retry',
      'jobs.produce',
      'hotFolders.release',
      'hotFolders.undo',
      'desktop.dragOut',
    ]),
  );
});
