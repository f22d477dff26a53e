import type { WireAddress, WireFile, WireOrder } from './schema.ts';

const longestIdCharacters = 200;
const longestUrlCharacters = 8_192;

/** The number of copies: 1 when the document names none; null when what it names is no number of copies. */
export const copiesOf = (count: string): number | null => {
  if (count === '') return 1;
  const copies = /^\d{1,9}(\.0+)?$/.test(count) ? Number(count) : 0;
  return copies > 0 ? copies : null;
};

/** The receiver: `type` is `delivery` (Cloudprinter, shipping labels). An only address without a type is taken for it. */
export const deliveryAddress = (order: WireOrder): WireAddress | null => {
  const only = order.addresses.length === 1 && order.addresses[0]?.type === '' ? order.addresses[0] : null;
  return order.addresses.find(({ type }) => type.toLowerCase() === 'delivery') ?? only ?? null;
};

const idProblem = (whose: string, id: string): string | null => {
  if (id === '') return `${whose} has no id`;
  if (id.length > longestIdCharacters) return `${whose} has an id longer than ${longestIdCharacters} characters`;
  return id.includes('\n') ? `${whose} has an id of more than one line` : null;
};

const filesProblem = (whose: string, files: readonly WireFile[]): string | null =>
  files.some(({ url }) => url.length > longestUrlCharacters)
    ? `${whose} has a file with a url longer than ${longestUrlCharacters} characters`
    : null;

/** Why the order cannot be made or answered, in one line; null when it has all that is needed for that. */
export const missingFrom = (order: WireOrder): string | null => {
  const orderProblem = idProblem('the order', order.id) ?? filesProblem('the order', order.files);
  if (orderProblem !== null) return orderProblem;
  if (order.items.length === 0) return 'the order has no items';
  const numbers = new Map<string, number>();
  for (const [index, item] of order.items.entries()) {
    const whose = `item ${index + 1}`;
    const problem = idProblem(whose, item.id) ?? filesProblem(whose, item.files);
    if (problem !== null) return problem;
    if (!item.files.some(({ url }) => url !== '')) return `${whose} has no file with a url`;
    if (copiesOf(item.count) === null) return `${whose} has a count that is not a whole number of copies`;
    const earlier = numbers.get(item.id);
    if (earlier !== undefined) return `items ${earlier} and ${index + 1} have the same id`;
    numbers.set(item.id, index + 1);
  }
  return deliveryAddress(order) === null ? 'the order has no delivery address' : null;
};
