import { expect, test } from 'vitest';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { openShop } from '../../../support/scenario-shop.ts';
import { startStation } from '../../../support/scenario-station.ts';

test('the day is the one that it is in the zone of the screen that asks, or the one that it asks for', async () => {
  const shop = await openShop();
  const clock = createFakeClock(Date.parse('2026-07-01T23:30:00Z'));
  const { client } = await startStation(shop, { clock });
  const shown = async (timeZone: string, day?: string) => {
    const { today } = await client.today.get({ timeZone, ...(day === undefined ? {} : { day }) });
    return { day: today.day, isToday: today.isToday, until: today.until, turnsAt: today.turnsAt };
  };
  expect(await shown('Europe/Copenhagen')).toEqual({
    day: '2026-07-02',
    isToday: true,
    until: '2026-07-02T22:00:00.000Z',
    turnsAt: '2026-07-02T22:00:00.000Z',
  });
  expect(await shown('America/New_York')).toMatchObject({ day: '2026-07-01', isToday: true });
  expect(await shown('UTC', '2026-06-30')).toEqual({
    day: '2026-06-30',
    isToday: false,
    until: '2026-07-01T00:00:00.000Z',
    turnsAt: null,
  });
  await expect(shown('Europe/Nowhere')).rejects.toThrow('Europe/Nowhere is no time zone');
  await expect(shown('UTC', '2026-02-30')).rejects.toMatchObject({ code: 'invalidInput' });
});
