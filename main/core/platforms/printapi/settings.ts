import { z } from 'zod';
import type { PlatformView } from '../../../contract/connections.ts';
import { isTimeZone } from '../wall-time.ts';

/** The live environment; the test environment is `https://test.printapi.nl/v2/`, with credentials of its own. */
const defaultBaseUrl = 'https://live.printapi.nl/v2/';

const bareAddress = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { username, password, search, hash } = new URL(url);
  return `${username}${password}${search}${hash}` === '';
};

const checkedSettings = z
  .object({
    /** The secret belongs to `clientSecret`, not into the address. */
    baseUrl: z
      .url({ protocol: /^https?$/, error: 'baseUrl must be an http(s) address' })
      .refine(bareAddress, 'baseUrl must be an address without user, query or fragment')
      .default(defaultBaseUrl),
    clientId: z.string().trim().min(1, 'the client id is needed').max(200),
    /** The paths of version 1 were published, and may still be in use. */
    apiVersion: z.enum(['v2', 'v1']).default('v2'),
    /** Print API's times name no zone. Answers of 2025 carried Dutch local time; it is documented nowhere. */
    timeZone: z
      .string()
      .refine(isTimeZone, 'timeZone must be a zone such as UTC or Europe/Amsterdam')
      .default('Europe/Amsterdam'),
    /** How far each question for changes reaches back beyond the last one: for clocks that differ, and late entries. */
    overlapMinutes: z.number().int().min(0).max(1440).default(30),
    /** How old an order may be to be taken in when it was not known before. */
    lookBackDays: z.number().int().min(1).max(365).default(30),
    allowPrivateAddresses: z.boolean().default(false),
  })
  .refine(({ baseUrl, allowPrivateAddresses }) => allowPrivateAddresses || baseUrl.startsWith('https:'), {
    path: ['baseUrl'],
    error:
      'baseUrl must begin with https://, because the client secret is sent there (allowPrivateAddresses lifts this)',
  });

export type PrintApiSettings = z.output<typeof checkedSettings>;

export const settingsSchema: z.ZodType<PrintApiSettings> = checkedSettings;

const defaults = checkedSettings.parse({ clientId: 'any' });

/** What a form asks for, in its order. */
export const settingsFields: PlatformView['fields'] = [
  { name: 'clientId', type: 'text', required: true, default: null },
  { name: 'clientSecret', type: 'secret', required: true, default: null },
  { name: 'baseUrl', type: 'url', required: false, default: defaults.baseUrl },
  { name: 'apiVersion', type: 'text', required: false, default: defaults.apiVersion, oneOf: ['v2', 'v1'] },
  { name: 'timeZone', type: 'text', required: false, default: defaults.timeZone },
  { name: 'overlapMinutes', type: 'number', required: false, default: defaults.overlapMinutes },
  { name: 'lookBackDays', type: 'number', required: false, default: defaults.lookBackDays },
  { name: 'allowPrivateAddresses', type: 'switch', required: false, default: false },
];

/** The address that all paths follow, with the version that was chosen and a slash at its end. */
export const apiBase = ({ baseUrl, apiVersion }: PrintApiSettings): string => {
  const { origin, pathname } = new URL(baseUrl);
  const path = pathname.replace(/\/+$/, '').replace(/\/v\d+$/, '');
  return `${origin}${path}/${apiVersion}/`;
};
