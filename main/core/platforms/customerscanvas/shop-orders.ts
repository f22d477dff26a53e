import { z } from 'zod';
import { mostShopValues, parseJson } from '../parse-json.ts';
import type { ShopOrder, ShopOrders } from '../platform.ts';
import type { CustomersCanvasSettings } from './settings.ts';

const mostOrders = 500;
const longestId = 100;

const idProblem = 'an order id is text or a whole number, with 1 to 100 characters';
const orderId = z
  .union([z.string(), z.int().nonnegative()], idProblem)
  .transform((id) => String(id).trim())
  .refine((id) => id.length > 0 && id.length <= longestId, idProblem);

const named = z.union([
  orderId,
  z.object({ order: orderId }).transform(({ order }) => order),
  z.object({ orderId }).transform((given) => given.orderId),
  z.object({ id: orderId }).transform(({ id }) => id),
]);

/** Shopify's `orders/create`: the order itself, known by what no plain message has. */
const shopify = z
  .object({ id: orderId, admin_graphql_api_id: z.string().optional(), line_items: z.array(z.unknown()).optional() })
  .refine(({ admin_graphql_api_id: graphqlId, line_items: lines }) => graphqlId !== undefined || lines !== undefined);

const several = z.object({ orders: z.array(named).min(1).max(mostOrders) });

const idsIn = (body: unknown): readonly string[] | null => {
  const list = several.safeParse(body);
  if (list.success) return list.data.orders;
  const order = shopify.safeParse(body);
  if (order.success) return [order.data.id];
  const one = z.union([z.object({ order: orderId }), z.object({ orderId })]).safeParse(body);
  if (!one.success) return null;
  return ['order' in one.data ? one.data.order : one.data.orderId];
};

/** A shop's ids can be whole numbers that JavaScript does not count exactly: these become the text they were written as. */
const exactNumbers = (_key: string, value: unknown, context?: { readonly source?: string }): unknown => {
  const inexact = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  return inexact ? (context?.source ?? value) : value;
};

/** The shop's own backend tells which orders there are; Customer's Canvas is then asked for their projects. */
export const shopOrders: ShopOrders<CustomersCanvasSettings> = {
  read(body) {
    const ids = idsIn(parseJson(body.toString('utf8'), { mostValues: mostShopValues, reviver: exactNumbers }));
    if (ids === null) {
      const forms = '{"order": "…"}, {"orderId": "…"}, {"orders": ["…"]} or a Shopify order';
      return { kind: 'invalid', message: `no order id was found: send ${forms}` };
    }
    const orders = [...new Set(ids)].map((externalId): ShopOrder => ({ externalId, lines: [] }));
    return { kind: 'read', orders };
  },
};
