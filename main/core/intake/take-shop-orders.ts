import type { ShopOrder, ShopOrders } from '../platforms/platform.ts';
import { awaitStore, type IntakeAnswer, type IntakeRequest, refused } from './intake-answer.ts';
import type { HandedOverOrder } from './intake-jobs.ts';
import { judgeShopProof, type ShopSecret } from './shop-proof.ts';

/** A connection to which the shop's own backend hands orders over. */
export interface ShopOrderIntake {
  readonly secret: ShopSecret;
  /** Reads the orders by the connection's settings. */
  read(body: Buffer): ReturnType<ShopOrders<unknown>['read']>;
  /** Resolves once all are committed; rejects when they cannot be. */
  handOver(orders: readonly ShopOrder[]): Promise<readonly HandedOverOrder[]>;
}

const refusalOfProof = {
  missing: 'the request carries neither a token nor a signature',
  wrong: 'the token or signature is wrong',
} as const;

/** Judges who hands over before what is handed over, and answers once the orders are stored. */
export const takeShopOrders = async (intake: ShopOrderIntake, request: IntakeRequest): Promise<IntakeAnswer> => {
  const proof = judgeShopProof(request, intake.secret);
  if (proof !== 'right') return refused(401, refusalOfProof[proof]);
  const read = intake.read(request.body);
  if (read.kind === 'invalid') return refused(400, read.message);
  const stored = await awaitStore(intake.handOver(read.orders), 'the orders could not be stored, send them again');
  if (stored.kind === 'notStored') return stored;
  const orders = stored.value.map(({ orderId, externalId, outcome }) => ({ order: externalId, id: orderId, outcome }));
  return { kind: 'handedOver', orders };
};
