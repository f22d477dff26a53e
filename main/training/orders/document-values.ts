import type { CloudprinterOrder } from './order.ts';

/** `YYYY-MM-DD HH:MM:SS`, without a zone, as in the documented examples; UTC here. */
export function documentDate(date: Date): string {
  return date.toISOString().slice(0, 19).replace('T', ' ');
}

/** Amounts are strings with four decimals. */
function amount(value: number): string {
  return value.toFixed(4);
}

export interface Costs {
  readonly currency: string;
  readonly shipping: string;
  readonly items: string;
  readonly vat: string;
  readonly total: string;
}

const SHIPPING_EUR = 6.1;

/** Made-up costs that add up: total = shipping + items + VAT. */
export function costsOf(order: CloudprinterOrder): Costs {
  const itemsEur = order.items.reduce((sum, item) => sum + item.copies * (2 + item.pageCount * 0.05), 0);
  return {
    currency: 'EUR',
    shipping: amount(SHIPPING_EUR),
    items: amount(itemsEur),
    vat: amount(0),
    total: amount(SHIPPING_EUR + itemsEur),
  };
}

/** The weight on the customs papers, which looks like grams. */
export function weightOf(order: CloudprinterOrder): string {
  return amount(order.items.reduce((sum, item) => sum + item.copies * (40 + item.pageCount * 8.1), 0));
}
