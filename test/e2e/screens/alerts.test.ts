import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { contract } from '../../../main/contract/contract.ts';
import { readMessage, stationMessage } from '../../../main/contract/messages.ts';
import type { OrderView } from '../../../main/contract/orders.ts';
import { itemCode } from '../../../renderer/features/print/item-code.ts';
import { brokenLineWords, openProxiedShop, type ProxiedShop } from '../../support/proxied-shop.ts';
import { longTest, patience } from '../../support/screen-page.ts';
import type { ScreenProxy } from '../../support/screen-proxy.ts';
import { freshOrder, type ScreenShop } from '../../support/screen-shop.ts';
import { plugInScanner } from '../../support/wedge-scanner.ts';
import { faultsOf } from './page-faults.ts';

vi.setConfig(longTest);

const repeatMs = 30_000;

const poster = freshOrder({ number: 1, items: [{ product: 'poster', title: 'Lighthouse' }] });
const lost = freshOrder({ number: 2, items: [{ product: 'flyer' }] });

let proxied: ProxiedShop;
let shop: ScreenShop;
let proxy: ScreenProxy;
let view: OrderView;

beforeAll(async () => {
  proxied = await openProxiedShop();
  ({ shop, proxy } = proxied);
  await shop.post(poster);
  view = await shop.untilOrder(poster, 'print-ready', ({ stage }) => stage === 'printReady');
}, 120_000);
afterAll(async () => {
  await proxied?.close();
});

/** What a loudspeaker was given: the pitch of each note, and the loudest that any of them was. */
interface Heard {
  readonly hertz: readonly number[];
  readonly loudness: number;
}

/** Has the browser itself write down what it plays. */
const listen = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const heard = { hertz: [] as number[], loudness: 0 };
    Object.assign(window, { heard });
    const ramp = Reflect.get(AudioParam.prototype, 'exponentialRampToValueAtTime');
    AudioParam.prototype.exponentialRampToValueAtTime = function (value, time) {
      heard.loudness = Math.max(heard.loudness, value);
      return Reflect.apply(ramp, this, [value, time]);
    };
    const start = Reflect.get(OscillatorNode.prototype, 'start');
    OscillatorNode.prototype.start = function (when) {
      if (this.context.state === 'running') heard.hertz.push(this.frequency.value);
      Reflect.apply(start, this, [when]);
    };
  });
  await page.reload();
};
const heardBy = (page: Page): Promise<Heard> =>
  page.evaluate(() => {
    const { hertz, loudness } = Reflect.get(window, 'heard');
    return { hertz, loudness };
  });
const silence = (page: Page): Promise<void> =>
  page.evaluate(() => void Object.assign(Reflect.get(window, 'heard'), { hertz: [], loudness: 0 }));
const untilHeard = (page: Page, notes: number): Promise<void> =>
  vi.waitFor(async () => expect((await heardBy(page)).hertz.length).toBeGreaterThanOrEqual(notes), patience);

const flash = (page: Page, sound: string) => page.locator(`[data-sound="${sound}"]`);
/** A sign is gone again soon: it is waited for from before what brings it. */
const seenWhile = async (page: Page, sound: string, act: () => Promise<void>): Promise<void> => {
  await Promise.all([flash(page, sound).waitFor(), act()]);
};
const banner = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

test('each sound can be tried in Settings, is seen at the same moment, and is as loud as this workstation wants it', async () => {
  await using page = await shop.open('/settings');
  await listen(page);
  const hint = page.getByText('Tap to switch sounds on');
  await hint.waitFor();
  expect(await faultsOf(page)).toEqual([]);
  const section = page.getByRole('region', { name: 'Sounds and notices' });
  const melodies: string[] = [];
  for (const [name, sound] of [
    ['Good scan', 'goodScan'],
    ['Wrong item', 'wrongItem'],
    ['Attention', 'attention'],
    ['Connection lost', 'connectionLost'],
  ] as const) {
    await Promise.all([flash(page, sound).getByText(name).waitFor(), section.getByRole('button', { name }).click()]);
    expect(await faultsOf(page), `the sign of “${name}”`).toEqual([]);
    await untilHeard(page, 2);
    melodies.push((await heardBy(page)).hertz.join(' '));
    await silence(page);
  }
  expect(new Set(melodies).size).toBe(4);
  expect(await hint.count(), 'the first tap was one').toBe(0);

  const volume = section.getByRole('slider', { name: 'Volume' });
  await volume.fill('20');
  await page.reload();
  expect(await volume.inputValue()).toBe('20');
  await section.getByRole('button', { name: 'Good scan' }).click();
  await untilHeard(page, 2);
  expect((await heardBy(page)).loudness).toBeLessThan(0.1);

  await silence(page);
  await section.getByRole('button', { name: 'Mute' }).click();
  await seenWhile(page, 'wrongItem', () => section.getByRole('button', { name: 'Wrong item' }).click());
  expect((await heardBy(page)).hertz).toEqual([]);
});

test('a scan says by its sound and its sign whether it was the right one', async () => {
  await using page = await shop.open('/orders');
  await listen(page);
  const scanner = await plugInScanner(page);
  await page.getByRole('link', { name: poster.id }).waitFor();
  await page.mouse.click(5, 5);
  await seenWhile(page, 'goodScan', () => scanner.scan(itemCode(view.items[0]?.id ?? 0)));
  await untilHeard(page, 2);
  const good = (await heardBy(page)).hertz;
  await silence(page);
  await seenWhile(page, 'wrongItem', () => scanner.scan(itemCode(999_999)));
  await untilHeard(page, 4);
  expect((await heardBy(page)).hertz).not.toEqual(expect.arrayContaining([...good]));
});

test('a new problem is heard and seen, again every 30 seconds, until one tap says that somebody has seen it', async () => {
  await using page = await shop.open('/orders', { ownClock: true });
  await listen(page);
  await page.getByRole('link', { name: poster.id }).waitFor();
  await page.mouse.click(5, 5);
  shop.sandbox.fileKnobs.set({ match: { order: lost.id }, fault: { kind: 'status', status: 404 } });
  await shop.post(lost);
  const attention = banner(page, 'Attention');
  await attention.getByText('1 more order with a problem').waitFor();
  await untilHeard(page, 6);
  expect(await faultsOf(page)).toEqual([]);

  await page.clock.fastForward(repeatMs);
  await silence(page);
  await seenWhile(page, 'attention', () => page.clock.fastForward(repeatMs));
  await untilHeard(page, 6);

  await attention.getByRole('button', { name: 'Seen' }).click();
  await attention.waitFor({ state: 'hidden' });
  await silence(page);
  await page.clock.fastForward(3 * repeatMs);
  expect((await heardBy(page)).hertz).toEqual([]);
});

/** A lock that only this tab can hold says which of the browser's clients it is. */
const untilItHasTheBell = (tab: Page): Promise<void> =>
  vi.waitFor(async () => {
    const hasBell = await tab.evaluate(() =>
      navigator.locks.request(crypto.randomUUID(), async (own) => {
        const { held = [] } = await navigator.locks.query();
        const clientOf = (name?: string) => held.find((each) => each.name === name)?.clientId;
        return clientOf(own?.name) === clientOf('platen.tabs');
      }),
    );
    expect(hasBell).toBe(true);
  }, patience);

test('of two tabs only the one that was last seen rings, and what is seen to in one is seen to in both', async () => {
  const failing = async (number: number): Promise<void> => {
    const order = freshOrder({ number, items: [{ product: 'flyer' }] });
    shop.sandbox.fileKnobs.set({ match: { order: order.id }, fault: { kind: 'status', status: 404 } });
    await shop.post(order);
  };
  await using page = await shop.open('/orders');
  const other = await page.context().newPage();
  await other.goto(shop.station.address('/orders'));
  for (const tab of [page, other]) {
    await listen(tab);
    await tab.getByRole('link', { name: poster.id }).waitFor();
    await tab.mouse.click(5, 5);
    await untilItHasTheBell(tab);
  }

  await failing(31);
  for (const tab of [page, other]) await banner(tab, 'Attention').getByText('1 more order with a problem').waitFor();
  await untilHeard(other, 6);
  expect((await heardBy(page)).hertz).toEqual([]);
  await banner(page, 'Attention').getByRole('button', { name: 'Seen' }).click();
  for (const tab of [page, other]) await banner(tab, 'Attention').waitFor({ state: 'hidden' });

  await other.close();
  await untilItHasTheBell(page);
  await failing(32);
  await untilHeard(page, 6);
});

test('a lost connection is heard and seen until it is back', async () => {
  await using page = await shop.open('/orders', { tolerated: brokenLineWords });
  await listen(page);
  await page.getByRole('link', { name: poster.id }).waitFor();
  await page.mouse.click(5, 5);
  await proxy.cut();
  const cut = banner(page, 'Connection lost');
  await cut.getByText('What this screen shows may be out of date.').waitFor();
  await untilHeard(page, 4);
  await proxy.mend();
  await cut.waitFor({ state: 'hidden' });
});

interface Told {
  readonly title: string;
  readonly body: string;
}

/** A desktop that writes down what its browser would show there: a headless one shows nothing. Nobody sees the page. */
const hideBehindDesktop = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const told: Told[] = [];
    class DesktopNotification extends EventTarget {
      static permission: NotificationPermission = 'default';
      static asked = 0;
      static async requestPermission(): Promise<NotificationPermission> {
        DesktopNotification.asked += 1;
        DesktopNotification.permission = 'granted';
        return 'granted';
      }
      constructor(title: string, { body = '' }: NotificationOptions = {}) {
        super();
        told.push({ title, body });
        Object.assign(window, { tapNewest: () => this.dispatchEvent(new Event('click')) });
      }
      close(): void {}
    }
    Object.assign(window, { told, Notification: DesktopNotification });
  });
  await page.reload();
};
/** The platform's ids of all orders that a page which is loaded from now on is told of. */
const ordersToldTo = (page: Page): ReadonlySet<string> => {
  const ids = new Set<string>();
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const message = readMessage(stationMessage, String(payload));
      if (message?.type !== 'event' || message.event !== 'orders.changed') return;
      for (const { externalId } of contract.orders.changed.payload.parse(message.payload).orders) ids.add(externalId);
    }),
  );
  return ids;
};
const hide = (page: Page, hidden: boolean): Promise<void> =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
  }, hidden);
const toldBy = (page: Page): Promise<readonly Told[]> => page.evaluate(() => Reflect.get(window, 'told'));
const tapNewest = (page: Page): Promise<void> => page.evaluate(() => void Reflect.get(window, 'tapNewest')());

test('new work is told of by the browser only where somebody has allowed it, and only while nobody sees the page', async () => {
  await using page = await shop.open('/settings', { ownClock: true });
  const known = ordersToldTo(page);
  await hideBehindDesktop(page);
  const section = page.getByRole('region', { name: 'Sounds and notices' });
  await section.getByText('The browser has not allowed notifications yet.').waitFor();
  expect(await page.evaluate(() => Reflect.get(Notification, 'asked'))).toBe(0);
  await section.getByRole('button', { name: 'Allow notifications…' }).click();
  await section.getByText('appear as notifications of the system').waitFor();

  const come = async (...numbers: readonly number[]): Promise<void> => {
    const orders = numbers.map((number) =>
      freshOrder({ number, clientName: 'Ada Example', items: [{ product: 'poster' }] }),
    );
    for (const order of orders) await shop.post(order);
    await vi.waitFor(() => expect([...known]).toEqual(expect.arrayContaining(orders.map(({ id }) => id))), patience);
    await page.clock.fastForward(10_000);
  };
  await come(11);
  expect(await toldBy(page), 'the page is seen').toEqual([]);

  await hide(page, true);
  await come(12, 13, 14, 15, 16);
  await vi.waitFor(
    async () => expect(await toldBy(page)).toEqual([{ title: '5 new orders', body: 'Hall 2' }]),
    patience,
  );
  await come(17);
  await vi.waitFor(async () => expect(await toldBy(page)).toHaveLength(2), patience);
  const [, single] = await toldBy(page);
  expect(single?.title).toBe('New order 900000170000');
  expect(JSON.stringify(single)).not.toContain('Ada');
  await tapNewest(page);
  await page.getByRole('heading', { name: /900000170000/ }).waitFor();

  await page.getByRole('link', { name: 'Settings' }).click();
  await section.getByRole('button', { name: 'Notify when this window is hidden' }).click();
  await come(18);
  expect(await toldBy(page)).toHaveLength(2);
});
