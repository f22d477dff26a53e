import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alarmAfterMs, usualOf } from '../../../../main/core/hotfolders/pick-up-time.ts';
import { ShopFloor } from './shop-floor.ts';

describe('the usual pick-up time', () => {
  test('is the median of the last twenty, newest first', () => {
    expect(usualOf([40, 10, 5000])).toBe(40);
    expect(usualOf([10, 20, 30, 40])).toBe(25);
    expect(usualOf([...Array<number>(20).fill(10), ...Array<number>(200).fill(5000)])).toBe(10);
  });

  test('is not claimed after one or two pick-ups', () => {
    expect(usualOf([])).toBeNull();
    expect(usualOf([10, 10])).toBeNull();
  });

  test('the alarm comes after the setting, or after three times the usual when that is longer', () => {
    expect(alarmAfterMs({ pickUpAlarmSeconds: 600 }, null)).toBe(600_000);
    expect(alarmAfterMs({ pickUpAlarmSeconds: 600 }, 40_000)).toBe(600_000);
    expect(alarmAfterMs({ pickUpAlarmSeconds: 60 }, 40_000)).toBe(120_000);
  });
});

describe('a lane learns', () => {
  let floor: ShopFloor;
  beforeEach(async () => {
    floor = await ShopFloor.open();
    await floor.start({ id: 'indigo', pickUpAlarmSeconds: 30 });
  });
  afterEach(() => floor.close());

  const lies = async (name: string, seconds: number): Promise<void> => {
    await floor.addReady({ name });
    await floor.until(async () => (await floor.lane('indigo')).lying === 1);
    await floor.clock.advance(seconds * 1000);
    await unlink(join(floor.folder('indigo'), name));
    await floor.until(async () => (await floor.lane('indigo')).lying === 0);
  };

  test('how long files lie, and raises the alarm only when one lies three times as long', async () => {
    for (const name of ['a.pdf', 'b.pdf', 'c.pdf']) await lies(name, 20);
    const { usualPickUpSeconds, alarmAfterSeconds, taken } = await floor.lane('indigo');
    expect(usualPickUpSeconds).toBeGreaterThanOrEqual(20);
    expect(usualPickUpSeconds).toBeLessThan(40);
    expect(alarmAfterSeconds).toBeGreaterThanOrEqual(60);
    expect(taken.map(({ name }) => name)).toEqual(['c.pdf', 'b.pdf', 'a.pdf']);
    expect(taken[0]).toMatchObject({ outcome: null, itemNumber: 1, order: '3' });

    await floor.addReady({ name: 'd.pdf' });
    await floor.until(async () => (await floor.lane('indigo')).lying === 1);
    await floor.clock.advance(45_000);
    await floor.hotFolders.look('indigo');
    expect(floor.overdue, 'longer than the setting, shorter than three times the usual').toEqual([]);
    expect(await floor.lane('indigo')).toMatchObject({ stuck: false });
    await floor.until(() => floor.overdue.length === 1);
    expect(await floor.lane('indigo')).toMatchObject({ stuck: true });
    expect(await floor.hotFolders.openHandovers()).toMatchObject([{ overdue: true }]);
  });

  test('nothing from a file that left while nobody watched', async () => {
    for (const name of ['a.pdf', 'b.pdf']) await lies(name, 20);
    await floor.addReady({ name: 'c.pdf' });
    await floor.until(async () => (await floor.lane('indigo')).lying === 1);
    await floor.hotFolders.stop();
    await unlink(join(floor.folder('indigo'), 'c.pdf'));
    await floor.clock.advance(60 * 3_600_000);
    await floor.restart();
    await floor.until(async () => (await floor.lane('indigo')).lying === 0);
    const { usualPickUpSeconds, taken } = await floor.lane('indigo');
    expect(taken[0]).toMatchObject({ name: 'c.pdf', laySeconds: null });
    expect(usualPickUpSeconds).toBeNull();
    // The control: the next one, which is watched, is the third that counts.
    await lies('d.pdf', 20);
    expect((await floor.lane('indigo')).usualPickUpSeconds).toBeLessThan(60);
  });
});
