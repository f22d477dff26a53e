import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ItemFits } from '../../../../main/contract/hot-folders.ts';
import { watchFits } from '../../../../renderer/stores/fits-watch.ts';
import { sampleFile, sampleFits, sampleHandover, sampleHotFolder } from '../../../contract/stand-in/sample-views.ts';
import { createStandInStation, mark } from '../../../contract/stand-in/stand-in-station.ts';
import { linkTo } from '../../../support/stand-in-link.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A watch on a station that counts how often it is asked. */
const opened = async () => {
  const station = createStandInStation();
  const { link } = linkTo(station);
  const answers: [number, ItemFits][] = [];
  const fits = watchFits(link, (item, answer) => answers.push([item, answer]));
  link.start();
  await vi.advanceTimersByTimeAsync(0);
  return {
    fits,
    answers,
    station,
    asked: () => station.seen.filter(({ call }) => call === 'hotFolders.fits').length,
    settle: () => vi.advanceTimersByTimeAsync(2_000),
  };
};

test('a watched item is asked about at once, and again when a file of its order changes', async () => {
  const floor = await opened();
  const leave = floor.fits.watch(11);
  await floor.settle();
  expect(floor.answers).toEqual([[11, sampleFits()]]);
  floor.station.emit('files.changed', { ...mark, files: [sampleFile({ orderId: 99 })] });
  await floor.settle();
  expect(floor.asked(), 'another order is no news').toBe(1);
  floor.station.emit('files.changed', { ...mark, files: [sampleFile({ orderId: 1 })] });
  await floor.settle();
  expect(floor.asked()).toBe(2);
  leave();
  floor.station.emit('files.changed', { ...mark, files: [sampleFile({ orderId: 1 })] });
  await floor.settle();
  expect(floor.asked(), 'nobody looks any more').toBe(2);
});

test('a change of what a folder accepts is news for every item, a pick-up of another order is none', async () => {
  const floor = await opened();
  const tell = async (least: number, orderId: number): Promise<void> => {
    const accepts = { platforms: [], connections: [], roles: [], products: [], pages: { least, most: 900 } };
    const handovers = [sampleHandover({ orderId })];
    floor.station.emit('hotFolders.changed', { ...mark, hotFolders: [sampleHotFolder({ accepts })], handovers });
    await floor.settle();
  };
  floor.fits.watch(11);
  await floor.settle();
  await tell(1, 99);
  expect(floor.asked()).toBe(2);
  await tell(1, 99);
  expect(floor.asked()).toBe(2);
  await tell(2, 99);
  expect(floor.asked()).toBe(3);
  await tell(2, 1);
  expect(floor.asked()).toBe(4);
});
