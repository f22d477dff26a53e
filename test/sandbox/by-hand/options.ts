import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ORDER_FORMATS } from '../cloudprinter/documents.ts';

export const SANDBOX_PLATFORMS = ['cloudprinter', 'printess', 'printapi', 'customerscanvas'] as const;

const USAGE = `npx node test/sandbox/main.ts [options]
  --platform P     ${SANDBOX_PLATFORMS.join(', ')} (default cloudprinter)
  --port N         where it listens (default 8760, 0 for any)
  --to URL         the station's address for the connection; without it nothing is posted there
  --every S        seconds between orders (default 20)
  --orders N       how many orders there are (default 10; 0 for none)
Of Cloudprinter only:
  --order-key K    key inside the orders (default a fixed demo key)
  --signal-key K   key expected in signals (default a fixed demo key)
  --first N        number of the first order (default 1)
  --format F       ${ORDER_FORMATS.join(', ')} (default json-2.2)
  --demo           post the fixed set of demo orders, with their faults, instead of made-up ones
`;

const optionsSchema = z.object({
  platform: z.enum(SANDBOX_PLATFORMS).default('cloudprinter'),
  port: z.coerce.number().int().min(0).max(65535).default(8760),
  to: z.url().optional(),
  'order-key': z.string().min(1).optional(),
  'signal-key': z.string().min(1).optional(),
  every: z.coerce.number().nonnegative().default(20),
  orders: z.coerce.number().int().nonnegative().default(10),
  first: z.coerce.number().int().positive().default(1),
  format: z.enum(ORDER_FORMATS).default('json-2.2'),
  demo: z.boolean().default(false),
});

export type Options = z.infer<typeof optionsSchema>;

export type ReadOptions =
  | { readonly kind: 'options'; readonly options: Options }
  | { readonly kind: 'help'; readonly usage: string }
  | { readonly kind: 'wrong'; readonly problem: string };

const text = { type: 'string' } as const;

export function readOptions(args: readonly string[]): ReadOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        platform: text,
        port: text,
        to: text,
        'order-key': text,
        'signal-key': text,
        every: text,
        orders: text,
        first: text,
        format: text,
        demo: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    if (values.help === true) return { kind: 'help', usage: USAGE };
    return { kind: 'options', options: optionsSchema.parse(values) };
  } catch (error) {
    const problem = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    return { kind: 'wrong', problem: `${problem}\n\n${USAGE}` };
  }
}
