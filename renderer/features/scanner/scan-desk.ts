import type { PlatformView } from '../../../main/contract/connections.ts';
import type { OrderRow, SignalRequest } from '../../../main/contract/orders.ts';
import type { ActionsState } from '../../stores/actions-store.ts';
import type { OrderState } from '../../stores/order-store.ts';
import type { Outcome } from '../../stores/perform.ts';
import type { ScanAnswer, ScanCommand } from '../../stores/scan-answer.ts';
import type { ScannedItem, ScannerState } from '../../stores/scanner-store.ts';
import { itemOfCode } from '../print/item-code.ts';
import { commandOfCode } from './command-code.ts';
import { scanRefusal } from './scan-refusal.ts';

export interface ScanDeskDeps {
  readonly scanner: () => ScannerState;
  readonly order: () => Pick<OrderState, 'signal' | 'hold' | 'resume'>;
  readonly actions: () => ActionsState;
  readonly platformOf: (order: OrderRow) => PlatformView | undefined;
  readonly openOrder: (orderId: number) => void;
  /** Shows the list of the orders that a text is found in. */
  readonly searchOrders: (text: string) => void;
  /** What is written down of an item that is held by a scan, in the reader's language. */
  readonly holdNote: () => string;
}

const failureOf = (outcome: Extract<Outcome<unknown>, { readonly kind: 'failed' }>): ScanAnswer => {
  const { code, message } = outcome.error;
  if (code === 'notPermitted') return { kind: 'notSignedIn' };
  return code === 'unreachable' ? { kind: 'unreachable' } : { kind: 'failed', message };
};

const isNamed = (order: OrderRow, text: string): boolean =>
  [order.externalId, order.reference].some((name) => name.trim().toLowerCase() === text.toLowerCase());

/** Decides what a scan means, does it, and says what came of it. */
export const createScanDesk = (deps: ScanDeskDeps) => {
  const takeItem = async (code: string, itemId: number): Promise<ScanAnswer> => {
    const taken = await deps.scanner().take(itemId);
    if (taken.kind === 'failed') {
      return taken.error.code === 'notFound' ? { kind: 'unknownItem', code } : failureOf(taken);
    }
    deps.openOrder(taken.value.order.id);
    return { kind: 'itemShown' };
  };

  const openOrder = async (code: string): Promise<ScanAnswer> => {
    const found = await deps.scanner().findOrders(code);
    if (found.kind === 'failed') return failureOf(found);
    const { orders, total } = found.value;
    const named = orders.filter((order) => isNamed(order, code));
    const [only] = named.length === 1 ? named : orders;
    if (only === undefined) return { kind: 'unknownCode', code };
    // The current item is of another order than the one that is shown now.
    deps.scanner().letGo();
    if (named.length === 1 || total === 1) {
      deps.openOrder(only.id);
      return { kind: 'orderOpened', externalId: only.externalId };
    }
    deps.searchOrders(code);
    return { kind: 'severalOrders', code, count: total };
  };

  const undo = async ({ item }: ScannedItem): Promise<ScanAnswer> => {
    const { actions, undo: undoAction } = deps.actions();
    const action = actions.find(({ items }) => items.some(({ id }) => id === item.id));
    if (action === undefined) return { kind: 'nothingToUndo' };
    return doneOr('undo', await undoAction(action.id), item.id);
  };

  /** What was done changes the item: its panel shows that with the answer. */
  const doneOr = async (command: ScanCommand, outcome: Outcome<unknown>, itemId: number): Promise<ScanAnswer> => {
    if (outcome.kind === 'failed') return failureOf(outcome);
    await deps.scanner().take(itemId);
    return { kind: 'done', command };
  };

  const signal = async (command: ScanCommand, itemId: number, request: SignalRequest): Promise<ScanAnswer> =>
    doneOr(command, await deps.order().signal([itemId], request), itemId);

  const obey = async (command: ScanCommand): Promise<ScanAnswer> => {
    const { current, take, letGo, askTracking } = deps.scanner();
    if (command === 'clear') {
      letGo();
      return { kind: 'done', command };
    }
    if (current === null) return { kind: 'noItemYet', command };
    // Others work with it too: what it is now decides.
    const taken = await take(current.item.id);
    if (taken.kind === 'failed') return failureOf(taken);
    const { item, order } = taken.value;
    const why = scanRefusal(command, taken.value, deps.platformOf(order));
    if (why !== null) return { kind: 'refused', command, why };
    switch (command) {
      case 'produced':
      case 'packed':
        return signal(command, item.id, { kind: command });
      case 'ship':
        askTracking(true);
        return { kind: 'trackingAsked' };
      case 'hold':
        return doneOr(command, await deps.order().hold(item.id, deps.holdNote()), item.id);
      case 'resume':
        return doneOr(command, await deps.order().resume(item.id), item.id);
      case 'undo':
        return undo(taken.value);
    }
  };

  const ship = async (tracking: string): Promise<ScanAnswer> => {
    const { current, askTracking } = deps.scanner();
    if (current === null) return { kind: 'noItemYet', command: 'ship' };
    const answer = await signal('ship', current.item.id, { kind: 'shipped', tracking });
    if (answer.kind === 'done') askTracking(false);
    return answer;
  };

  const shipScanned = async (code: string): Promise<ScanAnswer> => {
    const found = await deps.scanner().findOrders(code);
    if (found.kind === 'failed') return failureOf(found);
    // Whoever has forgotten the question scans the next order.
    return found.value.orders.some((order) => isNamed(order, code)) ? { kind: 'noTracking', code } : ship(code);
  };

  const meaningOf = (code: string): Promise<ScanAnswer> => {
    const command = commandOfCode(code);
    const itemId = itemOfCode(code);
    if (deps.scanner().asksTracking && command !== 'clear') {
      return command === null && itemId === null ? shipScanned(code) : Promise.resolve({ kind: 'noTracking', code });
    }
    if (command !== null) return obey(command);
    return itemId === null ? openOrder(code) : takeItem(code, itemId);
  };

  return {
    /** Never rejects. */
    handle: async (code: string): Promise<void> => deps.scanner().answer(await meaningOf(code)),
    /** The same as a scanned tracking number, typed by hand. */
    shipWith: async (tracking: string): Promise<void> => deps.scanner().answer(await ship(tracking)),
  };
};
export type ScanDesk = ReturnType<typeof createScanDesk>;
