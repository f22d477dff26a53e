import { z } from 'zod';
import type { PlatformView } from '../../../contract/connections.ts';

const outputTypes = ['pdf', 'png', 'jpg'] as const;

const origin = z.string().trim().min(1, 'an origin must not be empty').max(200);

export const settingsSchema = z
  .object({
    baseUrl: z
      .url({ protocol: /^https?$/, error: 'baseUrl must be an http(s) address' })
      .default('https://api.printess.com'),
    /** Names this system at Printess, in each job that the station starts. */
    origin: origin.default('Platen'),
    /** Takes in jobs that others started; without it the station sees only those of its own origin. */
    discover: z.boolean().default(true),
    /** Whose jobs are taken in; empty: everybody's. Shops that number their orders alike need a connection each. */
    discoverOrigins: z.array(origin).default([]),
    /** How far back orders are looked for. Printess keeps files for 30 days by default. */
    lookBackDays: z.number().int().min(1).max(365).default(30),
    outputType: z.enum(outputTypes).default('pdf'),
    dpi: z.number().min(18).max(2400).default(300),
    jpegCompression: z.number().int().min(1).max(100).default(90),
    /** A named set of print settings at Printess: where it is given, `dpi` and `jpegCompression` are not sent. */
    printSettingsTemplate: z.string().trim().max(200).default(''),
    /** Of a template named directly; Printess ignores it for save tokens. */
    usePublishedVersion: z.boolean().default(true),
    /** Orders asked for at once. The most that Printess gives is not published; fewer in an answer are understood. */
    pageSize: z.number().int().min(1).max(500).default(200),
    allowPrivateAddresses: z.boolean().default(false),
  })
  .refine(({ baseUrl, allowPrivateAddresses }) => allowPrivateAddresses || baseUrl.startsWith('https:'), {
    path: ['baseUrl'],
    error:
      'baseUrl must begin with https://, because the service token is sent there (allowPrivateAddresses lifts this)',
  });

export type PrintessSettings = z.output<typeof settingsSchema>;

export const defaultSettings: PrintessSettings = settingsSchema.parse({});

type FormField = PlatformView['fields'][number];

const optional = (
  name: keyof PrintessSettings,
  type: FormField['type'],
  more: Pick<FormField, 'oneOf' | 'offersChoices'> = {},
): FormField => ({ name, type, required: false, default: defaultSettings[name], ...more });

/** What a form asks for, in its order. */
export const settingsFields: PlatformView['fields'] = [
  { name: 'serviceToken', type: 'secret', required: true, default: null },
  { name: 'backendToken', type: 'secret', required: false, default: null },
  optional('baseUrl', 'url'),
  optional('origin', 'text'),
  optional('discover', 'switch'),
  optional('discoverOrigins', 'list', { offersChoices: true }),
  optional('lookBackDays', 'number'),
  optional('outputType', 'text', { oneOf: [...outputTypes] }),
  optional('dpi', 'number'),
  optional('jpegCompression', 'number'),
  optional('printSettingsTemplate', 'text'),
  optional('usePublishedVersion', 'switch'),
  optional('pageSize', 'number'),
  optional('allowPrivateAddresses', 'switch'),
];
