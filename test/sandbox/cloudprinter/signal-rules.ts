import { z } from 'zod';
import { CANCEL_CAUSES } from './cancel-causes.ts';

/**
 * Names of the fields beyond the common ones. Cloudprinter's own text for production sites does not show them;
 * the defaults are those of the signals it relays to its customers.
 */
export interface SignalFieldNames {
  readonly tracking: string;
  readonly shippingOption: string;
  readonly errorText: string;
  readonly delay: string;
  readonly cancelCause: string;
  readonly cancelText: string;
}

export const DEFAULT_SIGNAL_FIELDS: SignalFieldNames = {
  tracking: 'tracking',
  shippingOption: 'shipping_option',
  errorText: 'cause',
  delay: 'delay',
  cancelCause: 'cause',
  cancelText: 'message',
};

export type SignalProblem =
  | { readonly kind: 'fine' }
  | { readonly kind: 'unauthorized'; readonly status: 401 | 403; readonly message: string }
  | { readonly kind: 'invalid'; readonly message: string };

const SIGNAL_TYPES = [
  'ItemRegistered',
  'ItemProduce',
  'ItemProduced',
  'ItemPacked',
  'ItemShipped',
  'ItemError',
  'ItemCanceled',
] as const;

type SignalType = (typeof SIGNAL_TYPES)[number];

const text = (field: string) =>
  z.string(`${field} is missing`).refine((value) => value.trim() !== '', `${field} is empty`);

/** `YYYY-MM-DD HH:MM:SS GMT` with a real date in it (CloudSignal 2.0). */
const signalDate = z
  .string('datetime is missing')
  .refine(isSignalDate, 'datetime is not of the form YYYY-MM-DD HH:MM:SS GMT');

const common = z.object({
  type: z.enum(SIGNAL_TYPES, 'type is unknown'),
  order: text('order'),
  item: text('item'),
  datetime: signalDate,
});

/** Hours, as a number or digits. */
const delay = z
  .union([z.number(), z.string()], 'delay is missing')
  .refine((value) => /^\d+$/.test(String(value)) && Number(value) > 0, 'delay is not a positive whole number');

function extrasOf(type: SignalType, names: SignalFieldNames): z.ZodType {
  switch (type) {
    case 'ItemShipped':
      return z.object({
        [names.tracking]: text(names.tracking),
        [names.shippingOption]: text(names.shippingOption),
      });
    case 'ItemError':
      return z.object({ [names.delay]: delay, [names.errorText]: text(names.errorText) });
    case 'ItemCanceled':
      return z.object({
        [names.cancelCause]: z.enum(CANCEL_CAUSES, `${names.cancelCause} is not one of the cancellation causes`),
        [names.cancelText]: text(names.cancelText),
      });
    case 'ItemRegistered':
    case 'ItemProduce':
    case 'ItemProduced':
    case 'ItemPacked':
      return z.object({});
  }
}

/** Judges a signal's body as the documented API does: the key first, then what is common, then what the type needs. */
export function judgeSignal(
  body: Readonly<Record<string, unknown>>,
  rules: { readonly signalKey: string; readonly fieldNames: SignalFieldNames },
): SignalProblem {
  if (body.apikey === undefined) return { kind: 'unauthorized', status: 401, message: 'apikey is missing' };
  if (body.apikey !== rules.signalKey) return { kind: 'unauthorized', status: 403, message: 'apikey is wrong' };
  const head = common.safeParse(body);
  if (!head.success) return invalid(head.error);
  const extras = extrasOf(head.data.type, rules.fieldNames).safeParse(body);
  return extras.success ? { kind: 'fine' } : invalid(extras.error);
}

function invalid(error: z.ZodError): SignalProblem {
  return { kind: 'invalid', message: error.issues.map((issue) => issue.message).join('; ') };
}

function isSignalDate(value: string): boolean {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) GMT$/.exec(value);
  if (match === null) return false;
  const iso = `${match[1]}T${match[2]}.000Z`;
  const time = Date.parse(iso);
  // Date.parse rolls 30 February over; the round trip shows it.
  return !Number.isNaN(time) && new Date(time).toISOString() === iso;
}
