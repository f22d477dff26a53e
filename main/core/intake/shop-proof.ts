import type { IntakeRequest } from './intake-answer.ts';
import { matchesSecret, matchesSignature } from './secret-match.ts';

/** The secret that the shop's own backend can prove itself by; null or empty where it is not set. */
export type ShopSecret = (name: 'backendToken' | 'shopifySecret') => string | null;

const bearerToken = (authorization: string | null): string | null =>
  /^bearer +(.+)$/iu.exec(authorization ?? '')?.[1] ?? null;

/**
 * Whether a request comes from the shop: `Authorization: Bearer` with the connection's token, or Shopify's signature
 * of the raw body. Either is enough, for a relay of the shop's may pass on headers of Shopify's beside its own token.
 */
export const judgeShopProof = (request: IntakeRequest, secret: ShopSecret): 'right' | 'wrong' | 'missing' => {
  const token = bearerToken(request.header('authorization'));
  const signature = request.header('x-shopify-hmac-sha256');
  if (token === null && signature === null) return 'missing';
  const byToken = token !== null && matchesSecret(secret('backendToken'), token);
  const bySignature = signature !== null && matchesSignature(secret('shopifySecret'), request.body, signature);
  return byToken || bySignature ? 'right' : 'wrong';
};
