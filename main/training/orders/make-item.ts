import type { PdfContentSpec } from '../pdf/pdf-content.ts';
import type { FileRole, OrderFile, OrderItem } from './order.ts';
import { type ItemSpec, products } from './products.ts';

const SPINE_MM_PER_PAGE = 0.06;
const MINIMUM_SPINE_MM = 4;

/** An item with its files, options and defaults; `id` is the item's own id. */
export function makeItem(spec: ItemSpec, orderId: string, id: string): OrderItem {
  const product = products[spec.product];
  const pageCount = spec.pageCount ?? product.pageCount;
  const title = spec.title ?? product.title;
  const trim = {
    trimWidthMm: spec.trimWidthMm ?? product.trimWidthMm,
    trimHeightMm: spec.trimHeightMm ?? product.trimHeightMm,
  };
  const common = {
    title,
    bleedMm: spec.bleedMm ?? 3,
    ...(spec.exactBytes === undefined ? {} : { exactBytes: spec.exactBytes }),
    ...(spec.stamp === undefined ? {} : { stamp: spec.stamp }),
  };

  const spineMm = Math.max(MINIMUM_SPINE_MM, pageCount * SPINE_MM_PER_PAGE);
  const file = (
    role: FileRole,
    pdf: Pick<PdfContentSpec, 'pageCount' | 'trimWidthMm' | 'trimHeightMm' | 'spineMm'>,
  ): OrderFile => {
    const content = spec.content?.[role];
    const announced = spec.announced?.[role];
    const lines = [`Order ${orderId}`, `Item ${id}`, `Part: ${role}`];
    return {
      role,
      path: `/files/${orderId}/${id}/${role}.pdf`,
      source:
        content === undefined
          ? { kind: 'pdf', pdf: { ...common, ...pdf, seed: id, lines } }
          : { kind: 'content', content },
      ...(announced === undefined ? {} : { announced }),
    };
  };

  const [paper, paperDescription] = product.paper;
  const [finish, finishDescription, finishType] = product.finish;
  return {
    id,
    copies: spec.copies ?? 1,
    title,
    product: product.code,
    description: product.description,
    pageCount,
    files: product.isBook
      ? [
          file('cover', {
            pageCount: 1,
            trimWidthMm: trim.trimWidthMm * 2 + spineMm,
            trimHeightMm: trim.trimHeightMm,
            spineMm,
          }),
          file('book', { pageCount, ...trim }),
        ]
      : [file('product', { pageCount, ...trim })],
    options: spec.options ?? [
      { option: paper, desc: paperDescription, count: String(pageCount), type: 'type_main_paper' },
      { option: finish, desc: finishDescription, count: '1', type: finishType },
    ],
    reorder: spec.reorder,
  };
}

/** The order-level file of a ready shipping label, 100 x 150 mm. */
export function makeLabel(orderId: string, consignor: string): OrderFile {
  const pdf: PdfContentSpec = {
    seed: `${orderId}/label`,
    pageCount: 1,
    trimWidthMm: 100,
    trimHeightMm: 150,
    bleedMm: 0,
    title: consignor,
    look: 'label',
    lines: [`Order ${orderId}`, 'Shipping label'],
  };
  return { role: 'shipping_label', path: `/files/${orderId}/label.pdf`, source: { kind: 'pdf', pdf } };
}
