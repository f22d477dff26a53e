import { readdir } from 'node:fs/promises';
import { ContractError } from '../../../main/contract/failure.ts';
import type { FileView } from '../../../main/contract/files.ts';
import type { OrderView } from '../../../main/contract/orders.ts';
import { waitFor } from '../wait-for.ts';
import type { Check, DemoFloor } from './story.ts';

/** Customer's Canvas is asked for a project once a minute at most: nothing takes longer than that and its files. */
const withinMs = 110_000;

/** Null while the station does not have it. */
export const findOrder = ({ client }: Pick<DemoFloor, 'client'>, reference: string): Promise<OrderView | null> =>
  client.orders.get({ order: reference }).then(
    ({ order }) => order,
    (error: unknown) => {
      if (error instanceof ContractError && error.code === 'notFound') return null;
      throw error;
    },
  );

export const filesOf = (order: OrderView): readonly FileView[] => order.items.flatMap(({ files }) => files);

const stateOf = (order: OrderView | null): string => {
  if (order === null) return 'it is not here';
  const jobs = order.jobs.map(
    ({ state, statusText, nextCheckAt, problem }) =>
      `${state} (${statusText}, next check ${nextCheckAt ?? 'never'}) ${problem ?? ''}`,
  );
  const files = filesOf(order).map(({ name, state, problem }) => `${name} ${state} ${problem ?? ''}`);
  return [order.stage, ...jobs, ...files].join('; ');
};

/** Waits until the order is as it must be. Rejects with how it is when it does not come to be. */
export const orderWhen = async (
  floor: DemoFloor,
  reference: string,
  what: string,
  is: (order: OrderView) => boolean,
): Promise<OrderView> => {
  let last: OrderView | null = null;
  const look = async (): Promise<OrderView | null> => {
    last = await findOrder(floor, reference);
    return last !== null && is(last) ? last : null;
  };
  return waitFor(`${reference} ${what}`, look, withinMs).catch((error: unknown) => {
    throw new Error(`${error instanceof Error ? error.message : String(error)}. ${stateOf(last)}`, { cause: error });
  });
};

/** Waits until every file of every item, of so many at least, lies in a hot folder. */
export const handedOver = (floor: DemoFloor, reference: string, itemCount = 1): Promise<OrderView> =>
  orderWhen(
    floor,
    reference,
    'handed over',
    ({ items }) => items.length >= itemCount && items.every(({ reached }) => reached.handedOver !== undefined),
  );

const countOf = (files: readonly FileView[]): string => (files.length === 1 ? '1 file' : `${files.length} files`);

const verifiedBy = { 'size+md5': 'size and MD5', size: 'size', 'length+structure': 'length and structure' } as const;

export const filesVerified = (order: OrderView, verification: keyof typeof verifiedBy): Check => {
  const files = filesOf(order);
  return {
    what: `${countOf(files)} verified by ${verifiedBy[verification]}`,
    ok: files.length > 0 && files.every((file) => file.state === 'ready' && file.verification === verification),
  };
};

/** No RIP takes anything in the meantime, so what was handed over lies there still. */
export const filesLie = async ({ folder }: DemoFloor, order: OrderView): Promise<Check> => {
  const lying = [...(await readdir(folder.sheetPress)), ...(await readdir(folder.bookPress))];
  const files = filesOf(order);
  return {
    what: `${countOf(files)} in the hot folders`,
    ok: files.length > 0 && files.every(({ name }) => lying.includes(name)),
  };
};
