import type { ProduceLine } from '../../contract/jobs.ts';
import type { ShopLine, ShopOrder } from '../platforms/platform.ts';

const shopLine = ({ template, copies, title }: ProduceLine, externalId: string): ShopLine => ({
  externalId,
  template,
  copies,
  title,
  product: '',
  extra: {},
});

/**
 * The orders that a person's lines make, in the order of their first lines. A line is named by its template, so that the
 * same one for the same order is noticed; within one hand-over the same template twice is meant, and counted.
 */
export const ordersOfLines = (lines: readonly ProduceLine[]): readonly ShopOrder[] =>
  [...Map.groupBy(lines, ({ order }) => order)].map(([externalId, ofOrder]) => {
    const counts = new Map<string, number>();
    return {
      externalId,
      lines: ofOrder.map((line) => {
        const count = (counts.get(line.template) ?? 0) + 1;
        counts.set(line.template, count);
        return shopLine(line, count === 1 ? line.template : `${line.template} #${count}`);
      }),
    };
  });
