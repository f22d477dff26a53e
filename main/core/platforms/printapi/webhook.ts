/** Longer than any id: Print API allows its customers 36 characters. */
const longestId = 100;

/**
 * The order that a webhook tells of: a form with `orderId` and no more. It carries no signature by design, so whoever
 * reads it fetches the order to learn the truth. Null when it names no order.
 */
export const readWebhook = (body: Buffer, contentType: string): string | null => {
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType.trim())) return null;
  const ids = new URLSearchParams(body.toString('utf8')).getAll('orderId');
  const [id = ''] = ids;
  const plausible = ids.length === 1 && id.length <= longestId && !/^\.*$/.test(id) && !/\p{Cc}/u.test(id);
  return plausible ? id : null;
};
