import { expect, test } from 'vitest';
import { ContractError } from '../../../../../main/contract/failure.ts';
import type { ItemView, OrderRow, SignalRequest } from '../../../../../main/contract/orders.ts';
import { itemCode } from '../../../../../renderer/features/print/item-code.ts';
import { commandCode } from '../../../../../renderer/features/scanner/command-code.ts';
import { createScanDesk } from '../../../../../renderer/features/scanner/scan-desk.ts';
import type { ScanAnswer, ScanCommand } from '../../../../../renderer/stores/scan-answer.ts';
import { createScannerStore } from '../../../../../renderer/stores/scanner-store.ts';
import { sampleAction, sampleItem, sampleRow } from '../../../../contract/stand-in/sample-views.ts';
import { createStandInStation, mark } from '../../../../contract/stand-in/stand-in-station.ts';
import { linkTo } from '../../../../support/stand-in-link.ts';

interface Floor {
  readonly item?: Partial<ItemView>;
  readonly order?: Partial<OrderRow>;
  readonly found?: readonly OrderRow[];
  readonly refusal?: ContractError;
}

/** A desk at a stand-in station with one item of `cloudprinter`, number 11; all scans go by its codes. */
const openDesk = async ({ item = {}, order = {}, found = [], refusal }: Floor = {}) => {
  const shown = sampleItem({ id: 11, stage: 'printReady', signals: [], reached: {}, held: null, ...item });
  const station = createStandInStation({
    items: {
      get: async ({ item: id }) => {
        if (id !== 11) throw new ContractError('notFound', `there is no item ${id}`);
        return { ...mark, item: shown, order: sampleRow({ lane: 'own', ...order }) };
      },
    },
    orders: { list: async () => ({ ...mark, total: found.length, problemCount: 0, orders: [...found] }) },
  });
  const { link } = linkTo(station);
  const scanner = createScannerStore({ link, scanner: { read: () => null, write: () => undefined } });
  link.start();
  await new Promise((resolve) => setImmediate(resolve));
  const said: (SignalRequest | string)[] = [];
  const tell = async (what: SignalRequest | string) => {
    if (refusal !== undefined) return { kind: 'failed' as const, error: refusal };
    said.push(what);
    return { kind: 'done' as const, value: {} };
  };
  const opened: (number | string)[] = [];
  const desk = createScanDesk({
    scanner: () => scanner.getState(),
    order: () => ({
      signal: (_items, request) => tell(request),
      hold: (_item, note) => tell(note),
      resume: () => tell('resume'),
    }),
    actions: () => ({
      actions: [{ ...sampleAction({ id: 51, items: [{ id: 11, number: 1, title: 'Book' }] }), endsAt: 0 }],
      undo: (id) => tell(`undo ${id}`),
    }),
    platformOf: () => ({
      id: 'cloudprinter',
      name: 'Cloudprinter',
      signals: ['produced', 'packed', 'shipped', 'error', 'cancel'],
      fields: [],
      documents: true,
      cancelCauses: [],
      produces: false,
      takesShopOrders: false,
    }),
    openOrder: (id) => opened.push(id),
    searchOrders: (text) => opened.push(text),
    holdNote: () => 'Held with a scan',
  });
  const scan = async (code: string): Promise<ScanAnswer | undefined> => {
    await desk.handle(code);
    return scanner.getState().lastScan?.answer;
  };
  return {
    said,
    opened,
    scan,
    say: (command: ScanCommand) => scan(commandCode(command)),
    state: () => scanner.getState(),
    [Symbol.dispose]: () => link.stop(),
  };
};
const item = itemCode(11);

test('an item is shown, is the current one, and a command acts on it', async () => {
  using desk = await openDesk();
  expect(await desk.scan(item)).toEqual({ kind: 'itemShown' });
  expect(desk.state()).toMatchObject({ isShown: true, lastScan: { sequence: 1, kind: 'good' } });
  expect(desk.opened).toEqual([sampleRow().id]);
  expect(await desk.say('produced')).toEqual({ kind: 'done', command: 'produced' });
  expect(await desk.say('hold')).toEqual({ kind: 'done', command: 'hold' });
  expect(await desk.say('undo')).toEqual({ kind: 'done', command: 'undo' });
  expect(desk.said).toEqual([{ kind: 'produced' }, 'Held with a scan', 'undo 51']);
  expect(desk.state().lastScan?.sequence).toBe(4);
});

test('a command without an item says that one is missing, and does nothing', async () => {
  using desk = await openDesk();
  expect(await desk.say('packed')).toEqual({ kind: 'noItemYet', command: 'packed' });
  expect(desk.state().lastScan?.kind).toBe('wrong');
  await desk.scan(item);
  expect(await desk.say('clear')).toEqual({ kind: 'done', command: 'clear' });
  expect(await desk.say('packed')).toEqual({ kind: 'noItemYet', command: 'packed' });
  expect(desk.said).toEqual([]);
});

test('ship asks for a number and takes none of our own codes for it', async () => {
  using desk = await openDesk();
  await desk.scan(item);
  expect(await desk.say('ship')).toEqual({ kind: 'trackingAsked' });
  expect(desk.said).toEqual([]);
  expect(await desk.scan(item)).toEqual({ kind: 'noTracking', code: item });
  expect(await desk.say('packed')).toEqual({ kind: 'noTracking', code: commandCode('packed') });
  expect(desk.state().asksTracking).toBe(true);
  expect(await desk.scan('1Z999')).toEqual({ kind: 'done', command: 'ship' });
  expect(desk.said).toEqual([{ kind: 'shipped', tracking: '1Z999' }]);
  expect(desk.state().asksTracking).toBe(false);
});

test('the number of an order is no tracking number', async () => {
  using desk = await openDesk({ found: [sampleRow({ externalId: '900001' })] });
  await desk.scan(item);
  await desk.say('ship');
  expect(await desk.scan('900001')).toEqual({ kind: 'noTracking', code: '900001' });
  expect(desk.said).toEqual([]);
  expect(await desk.scan('00340434161094021501')).toEqual({ kind: 'done', command: 'ship' });
});

test.each<readonly [ScanCommand, string, Floor]>([
  ['resume', 'notHeld', {}],
  ['packed', 'held', { item: { held: { note: 'silk', since: '2026-07-01T09:00:00.000Z' } } }],
  ['hold', 'alreadyHeld', { item: { held: { note: 'silk', since: '2026-07-01T09:00:00.000Z' } } }],
  ['produced', 'outsourced', { order: { lane: 'outsourced' } }],
  ['produced', 'alreadySaid', { item: { reached: { produced: '2026-07-01T09:00:00.000Z' } } }],
  ['produced', 'past', { item: { stage: 'packed', reached: { packed: '2026-07-01T09:00:00.000Z' } } }],
  ['hold', 'over', { item: { stage: 'cancelled' } }],
  ['packed', 'over', { item: { stage: 'shipped' } }],
])('%s is refused: %s', async (command, why, floor) => {
  using desk = await openDesk(floor);
  await desk.scan(item);
  expect(await desk.say(command)).toEqual({ kind: 'refused', command, why });
  expect(desk.state().lastScan?.kind).toBe('wrong');
  expect(desk.said).toEqual([]);
});

test('where nobody signs in nothing is done, and it is said', async () => {
  using desk = await openDesk({ refusal: new ContractError('notPermitted', 'nobody is signed in') });
  await desk.scan(item);
  expect(await desk.say('produced')).toEqual({ kind: 'notSignedIn' });
  expect(desk.state().lastScan?.kind).toBe('attention');
});

test('a number leads to the one order that has it, to a list of several, or nowhere', async () => {
  const orders = [
    sampleRow({ id: 1, externalId: '900001', reference: '' }),
    sampleRow({ id: 2, externalId: '9000012', reference: 'AB-1' }),
  ];
  using desk = await openDesk({ found: orders });
  await desk.scan(item);
  expect(await desk.scan('900001')).toEqual({ kind: 'orderOpened', externalId: '900001' });
  expect(desk.state().current).toBeNull();
  expect(await desk.scan('ab-1')).toEqual({ kind: 'orderOpened', externalId: '9000012' });
  expect(await desk.scan('9000')).toEqual({ kind: 'severalOrders', code: '9000', count: 2 });
  expect(desk.opened.slice(1)).toEqual([1, 2, '9000']);
  using emptyDesk = await openDesk();
  expect(await emptyDesk.scan('4711-0815')).toEqual({ kind: 'unknownCode', code: '4711-0815' });
  expect(await emptyDesk.scan(itemCode(12))).toEqual({ kind: 'unknownItem', code: itemCode(12) });
});
