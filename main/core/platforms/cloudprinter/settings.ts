import { z } from 'zod';
import type { PlatformView } from '../../../contract/connections.ts';
import { isTimeZone } from '../wall-time.ts';

/** Where all signals go (Cloudprinter CloudSignal API 2.0), with the slash at its end as documented. */
const defaultSignalUrl = 'https://api.cloudprinter.com/cloudsignal/2.0/status/';

const commonNames = ['apikey', 'type', 'order', 'item', 'datetime'];

const fieldName = (published: string) =>
  z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/, 'use letters, digits, _ . or -, beginning with a letter')
    .refine((name) => !commonNames.includes(name), 'this name is taken by a field of every signal')
    .default(published);

/**
 * The names of a signal's own fields. Cloudprinter's text for production sites that could be read does not show them;
 * the defaults are those of the signals it relays to its customers.
 */
const fieldNames = z
  .object({
    tracking: fieldName('tracking'),
    shippingOption: fieldName('shipping_option'),
    errorText: fieldName('cause'),
    delay: fieldName('delay'),
    cancelCause: fieldName('cause'),
    cancelText: fieldName('message'),
  })
  .refine((names) => names.tracking !== names.shippingOption, 'tracking and shippingOption need different names')
  .refine((names) => names.errorText !== names.delay, 'errorText and delay need different names')
  .refine((names) => names.cancelCause !== names.cancelText, 'cancelCause and cancelText need different names');

const asObject = z.record(z.string(), z.unknown());

/** A form has one value a field and writes `fieldNames.tracking`; a config file may write either. */
const gatherFieldNames = (input: unknown): unknown => {
  const settings = asObject.safeParse(input);
  if (!settings.success) return input;
  const prefix = 'fieldNames.';
  const dotted = Object.entries(settings.data).filter(([name, value]) => name.startsWith(prefix) && value !== '');
  if (dotted.length === 0) return input;
  const nested = asObject.safeParse(settings.data.fieldNames).data ?? {};
  const given = dotted.map(([name, value]) => [name.slice(prefix.length), value] as const);
  return { ...settings.data, fieldNames: { ...nested, ...Object.fromEntries(given) } };
};

const checkedSettings = z
  .object({
    signalUrl: z.url({ protocol: /^https?$/, error: 'signalUrl must be an http(s) address' }).default(defaultSignalUrl),
    /** ItemProduce, ItemProduced and ItemPacked are wished for, not required. */
    sendStarted: z.boolean().default(true),
    sendProduced: z.boolean().default(true),
    sendPacked: z.boolean().default(true),
    fieldNames: z.preprocess((names) => names ?? {}, fieldNames),
    /** `gmt`: `YYYY-MM-DD HH:MM:SS GMT`, the published form; `iso`: ISO 8601 in UTC. */
    dateForm: z.enum(['gmt', 'iso']).default('gmt'),
    /** The zone of the dates in order documents, which name none. */
    timeZone: z.string().refine(isTimeZone, 'timeZone must be a zone such as UTC or Europe/Copenhagen').default('UTC'),
    allowPrivateAddresses: z.boolean().default(false),
  })
  .refine(({ signalUrl, allowPrivateAddresses }) => allowPrivateAddresses || signalUrl.startsWith('https:'), {
    path: ['signalUrl'],
    error:
      'signalUrl must begin with https://, because the signal key is sent there (allowPrivateAddresses lifts this)',
  });

export type CloudprinterSettings = z.output<typeof checkedSettings>;
export type SignalFieldNames = CloudprinterSettings['fieldNames'];

export const settingsSchema: z.ZodType<CloudprinterSettings> = z.preprocess(gatherFieldNames, checkedSettings);

export const defaultSettings: CloudprinterSettings = checkedSettings.parse({});

type FormField = PlatformView['fields'][number];

const secret = (name: string): FormField => ({ name, type: 'secret', required: true, default: null });
const optional = (name: string, type: FormField['type'], value: string | boolean): FormField => ({
  name,
  type,
  required: false,
  default: value,
});

/** What a form asks for, in its order. */
export const settingsFields: PlatformView['fields'] = [
  secret('orderKey'),
  secret('signalKey'),
  optional('signalUrl', 'url', defaultSignalUrl),
  optional('sendStarted', 'switch', true),
  optional('sendProduced', 'switch', true),
  optional('sendPacked', 'switch', true),
  optional('timeZone', 'text', defaultSettings.timeZone),
  optional('dateForm', 'text', defaultSettings.dateForm),
  ...Object.entries(defaultSettings.fieldNames).map(([name, value]) => optional(`fieldNames.${name}`, 'text', value)),
  optional('allowPrivateAddresses', 'switch', false),
];
