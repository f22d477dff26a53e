import { z } from 'zod';
import type { IncomingAddress } from '../../domain/incoming-order.ts';
import { parseJson } from '../parse-json.ts';

/** What the station writes into the orderMetaData of the jobs that it starts, under `platen`. */
const ownMark = z.object({ line: z.string().min(1), requestedAt: z.string().min(1) });
export type OwnMark = z.infer<typeof ownMark>;

/** The `orderMetaData` that came with a job, as far as it is JSON: Printess stores it as a text and never reads it. */
export interface OrderMetaData {
  /** The value of the first of these names that has one; names are compared without regard to case. */
  text(...names: readonly string[]): string;
  readonly own: OwnMark | null;
}

const object = z.record(z.string(), z.unknown());

const parsedObject = (metaData: string): Readonly<Record<string, unknown>> =>
  object.safeParse(parseJson(metaData)).data ?? {};

export const readMetaData = (metaData: string): OrderMetaData => {
  const members = parsedObject(metaData);
  const texts = new Map(
    Object.entries(members).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' || typeof value === 'number' ? [[name.toLowerCase(), String(value).trim()]] : [],
    ),
  );
  return {
    text: (...names) => names.map((name) => texts.get(name.toLowerCase()) ?? '').find((value) => value !== '') ?? '',
    own: ownMark.safeParse(members.platen).data ?? null,
  };
};

/**
 * The shop's own orderMetaData with the station's mark in it. A text that is no JSON object stays as it is: whoever
 * wrote it reads it again, and a job without the mark is known by its order and template.
 */
export const withOwnMark = (metaData: string, mark: OwnMark): string => {
  if (metaData.trim() === '') return JSON.stringify({ platen: mark });
  const members = parsedObject(metaData);
  return Object.keys(members).length === 0 ? metaData : JSON.stringify({ ...members, platen: mark });
};

/** First of whom, then of whom else a name is given (the keys of the WooCommerce plugin). */
const people = ['Shipping', 'Customer', 'Billing'] as const;

const personName = (meta: OrderMetaData, prefix: (typeof people)[number]): string =>
  meta.text(`${prefix}Name`) || `${meta.text(`${prefix}FirstName`)} ${meta.text(`${prefix}LastName`)}`.trim();

/** Who ordered: the first company or name that is there, the customer's own first. */
export const customerIn = (meta: OrderMetaData): string => {
  const order = ['Customer', 'Billing', 'Shipping'] as const;
  return (
    order.map((prefix) => meta.text(`${prefix}Company`) || personName(meta, prefix)).find((name) => name !== '') ?? ''
  );
};

/** Where it goes; null when the shop does not say so. */
export const deliveryIn = (meta: OrderMetaData): IncomingAddress | null => {
  const of = (name: string): string => meta.text(`Shipping${name}`);
  const town = `${of('Zip')} ${of('City')}`.trim();
  const address: IncomingAddress = {
    company: of('Company'),
    name: people.map((prefix) => personName(meta, prefix)).find((name) => name !== '') ?? '',
    lines: [of('Address1'), of('Address2'), town, of('Province')].filter((line) => line !== ''),
    country: of('Country'),
    email: meta.text('ShippingEmail', 'CustomerEmail', 'BillingEmail'),
    phone: meta.text('ShippingPhone', 'CustomerPhone', 'BillingPhone'),
  };
  return address.lines.length === 0 && address.country === '' ? null : address;
};
