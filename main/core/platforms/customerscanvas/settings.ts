import { z } from 'zod';
import type { PlatformView } from '../../../contract/connections.ts';
import { isTimeZone } from '../wall-time.ts';

/** The public gateway and identity host; a private or regional tenant has others (Customer's Canvas, back-end services). */
const defaultApiUrl = 'https://api.customerscanvashub.com';
const defaultTokenUrl = 'https://customerscanvashub.com/connect/token';

/** The periods that `GET /projects` knows. */
const periods = ['Today', 'Last7Days', 'Last30Days'] as const;

const newestChangeFirst = 'LastModified DESC';

const address = (name: string, published: string) =>
  z
    .url({ protocol: /^https?$/, error: `${name} must be an http(s) address` })
    .refine((url) => !/[?#]/.test(url), `${name} must have neither ? nor #`)
    .transform((url) => url.replace(/\/+$/, ''))
    .default(published);

/** A form has text; a config file may have the number. */
const storefrontId = z
  .union([z.number(), z.string().trim()])
  .transform((given) => (given === '' ? null : Number(given)))
  .pipe(z.int('storefrontId must be a whole number').positive('storefrontId must be positive').nullable())
  .nullable()
  .default(null);

const checkedSettings = z
  .object({
    apiUrl: address('apiUrl', defaultApiUrl),
    tokenUrl: address('tokenUrl', defaultTokenUrl),
    clientId: z.string().trim().min(1, 'clientId is needed'),
    /** Separated by blanks; empty asks for everything that the client may do. */
    scope: z.string().trim().default(''),
    /** Null until it is chosen: nothing is followed before. */
    storefrontId,
    /** The name of the status transition that "tag as done" makes; empty turns it off. */
    doneTransition: z.string().trim().max(200).default(''),
    includePreviews: z.boolean().default(false),
    /** A file is a preview when its name contains one of these. */
    previewWords: z.array(z.string().trim().min(1)).default(['preview', 'thumbnail', 'mockup']),
    lookBack: z.enum(periods).default('Last7Days'),
    /** How many projects are asked for at once; the most that the platform gives is not published. */
    pageSize: z.int().min(1).max(1000).default(100),
    /** The names to sort by are not published; with any other than the default, all pages are read each time. */
    sorting: z.string().trim().default(newestChangeFirst),
    /** The zone of times that name none. */
    timeZone: z.string().refine(isTimeZone, 'timeZone must be a zone such as UTC or Europe/Copenhagen').default('UTC'),
    allowPrivateAddresses: z.boolean().default(false),
  })
  .superRefine(({ apiUrl, tokenUrl, allowPrivateAddresses }, context) => {
    if (allowPrivateAddresses) return;
    for (const [name, url] of Object.entries({ apiUrl, tokenUrl })) {
      if (url.startsWith('https:')) continue;
      const message = `${name} must begin with https://, because credentials are sent there (allowPrivateAddresses lifts this)`;
      context.addIssue({ code: 'custom', path: [name], message });
    }
  });

export type CustomersCanvasSettings = z.output<typeof checkedSettings>;

export const settingsSchema: z.ZodType<CustomersCanvasSettings> = checkedSettings;

export const isNewestFirst = ({ sorting }: CustomersCanvasSettings): boolean => sorting === newestChangeFirst;

type FormField = PlatformView['fields'][number];

const optional = (
  name: string,
  type: FormField['type'],
  value: FormField['default'],
  more: Partial<Pick<FormField, 'oneOf' | 'offersChoices'>> = {},
): FormField => ({ name, type, required: false, default: value, ...more });

/** What a form asks for, in its order. */
export const settingsFields: PlatformView['fields'] = [
  optional('apiUrl', 'url', defaultApiUrl),
  optional('tokenUrl', 'url', defaultTokenUrl),
  { name: 'clientId', type: 'text', required: true, default: null },
  { name: 'clientSecret', type: 'secret', required: true, default: null },
  // The shop's own backend proves itself with one of these when it tells of an order.
  { name: 'backendToken', type: 'secret', required: false, default: null },
  { name: 'shopifySecret', type: 'secret', required: false, default: null },
  optional('storefrontId', 'text', '', { offersChoices: true }),
  optional('doneTransition', 'text', '', { offersChoices: true }),
  optional('includePreviews', 'switch', false),
  optional('lookBack', 'text', 'Last7Days', { oneOf: [...periods] }),
  optional('scope', 'text', ''),
  optional('previewWords', 'list', ['preview', 'thumbnail', 'mockup']),
  optional('pageSize', 'number', 100),
  optional('sorting', 'text', newestChangeFirst),
  optional('timeZone', 'text', 'UTC'),
  optional('allowPrivateAddresses', 'switch', false),
];
