import { describe, expect, it } from 'vitest';
import type { SignalRequest } from '../../../../main/contract/orders.ts';
import { isIrreversible, refusalOf, type SignalledItem } from '../../../../main/core/domain/signal-rules.ts';

const item: SignalledItem = {
  receivedAtMs: 1,
  registeredAtMs: null,
  fetchingAtMs: null,
  printReadyAtMs: null,
  handedOverAtMs: null,
  pickedUpAtMs: null,
  producedAtMs: null,
  packedAtMs: null,
  shippedAtMs: null,
  cancelledAtMs: null,
  heldAtMs: null,
  lane: 'own',
};

const requests: Readonly<Record<SignalRequest['kind'], SignalRequest>> = {
  started: { kind: 'started' },
  produced: { kind: 'produced' },
  packed: { kind: 'packed' },
  shipped: { kind: 'shipped', tracking: 'T1' },
  error: { kind: 'error', text: 'jam', delayHours: 4 },
  cancel: { kind: 'cancel', cause: 'customer', text: 'asked for' },
};
const kinds = Object.values(requests).map(({ kind }) => kind);

const refusedKinds = (changes: Partial<SignalledItem>): SignalRequest['kind'][] =>
  kinds.filter((kind) => refusalOf({ ...item, ...changes }, requests[kind], ['customer']) !== null);

describe('what may be said of an item', () => {
  it.each<[string, Partial<SignalledItem>, SignalRequest['kind'][]]>([
    ['is new', {}, []],
    ['is produced', { producedAtMs: 2 }, ['started', 'produced']],
    ['is packed', { packedAtMs: 2 }, ['started', 'produced', 'packed']],
    ['is produced and packed', { producedAtMs: 2, packedAtMs: 3 }, ['started', 'produced', 'packed']],
    ['is held', { heldAtMs: 2 }, ['started', 'produced', 'packed', 'shipped']],
    ['is shipped', { shippedAtMs: 2 }, kinds],
    ['is cancelled', { cancelledAtMs: 2 }, kinds],
    ['is made by the platform', { lane: 'outsourced' }, ['started', 'produced', 'packed', 'shipped', 'error']],
  ])('when it %s, it is refused %j %j', (_name, changes, refused) => {
    expect(refusedKinds(changes)).toEqual(refused);
  });

  it('names the causes when a cancellation has none of the platform', () => {
    const refusal = refusalOf(item, { kind: 'cancel', cause: 'mood', text: 'x' }, ['customer', 'file']);
    expect(refusal).toBe("mood is not one of the platform's causes: customer, file");
  });

  it('says each refusal in one line', () => {
    for (const kind of kinds) expect(refusalOf({ ...item, shippedAtMs: 1 }, requests[kind], [])).toMatch(/^[^\n]+$/);
  });

  it('waits the undo time with what cannot be taken back', () => {
    expect(kinds.filter(isIrreversible)).toEqual(['shipped', 'error', 'cancel']);
  });
});
