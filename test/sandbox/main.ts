/** The sandbox by hand: `npx node test/sandbox/main.ts --port 8760 --to http://127.0.0.1:8750/in/cp --every 20 --orders 10`. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { demoOrders, setDemoKnobs } from './cloudprinter/demo-orders.ts';
import { ORDER_FORMATS, type OrderFormat } from './cloudprinter/documents.ts';
import { entryLine } from './cloudprinter/entry-line.ts';
import type { CloudprinterOrder } from './cloudprinter/order.ts';
import { randomOrder } from './cloudprinter/random-order.ts';
import { type CloudprinterSandbox, createCloudprinterSandbox } from './cloudprinter/sandbox.ts';
import { wait } from './wait.ts';

const USAGE = `npx node test/sandbox/main.ts [options]
  --port N         where it listens (default 8760, 0 for any)
  --to URL         the shop's intake; without it nothing is posted by itself
  --order-key K    key inside the orders (default a fixed demo key)
  --signal-key K   key expected in signals (default a fixed demo key)
  --every S        seconds between orders (default 20)
  --orders N       how many orders are posted (default 10; 0 for none)
  --first N        number of the first order (default 1)
  --format F       ${ORDER_FORMATS.join(', ')} (default json-2.2)
  --demo           post the fixed set of demo orders, with their faults, instead of made-up ones
`;

const optionsSchema = z.object({
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

type Options = z.infer<typeof optionsSchema>;

const RETRY = { attempts: 20, delayMs: 5000 };

const print = (line: string) => process.stdout.write(`${line}\n`);

async function main(options: Options): Promise<void> {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());

  await using sandbox = await createCloudprinterSandbox({
    port: options.port,
    firstAdminNumber: options.first + options.orders,
    ...(options['order-key'] === undefined ? {} : { orderKey: options['order-key'] }),
    ...(options['signal-key'] === undefined ? {} : { signalKey: options['signal-key'] }),
    ...(options.to === undefined ? {} : { deliverTo: options.to }),
  });
  sandbox.ledger.onEntry((entry) => print(entryLine(entry)));
  print(`Cloudprinter sandbox at ${sandbox.url}`);
  print(`  signals to  ${sandbox.signalUrl}`);
  print(`  order key   ${sandbox.orderKey}`);
  print(`  signal key  ${sandbox.signalKey}`);
  print(
    `  admin       POST ${sandbox.url}/admin/orders, /admin/knobs, /admin/offline; GET /admin/ledger, /admin/knobs`,
  );
  print(`  orders to   ${options.to ?? 'nowhere: give --to'}`);

  const stopped = new Promise<void>((resolve) => interrupted.signal.addEventListener('abort', () => resolve()));
  const deliveries: Promise<unknown>[] = [];
  if (options.to !== undefined) {
    for (const order of ordersToPost(options, sandbox)) {
      // Not awaited: a shop that is away must not hold up the orders after this one.
      deliveries.push(sandbox.post(order, { format: options.format satisfies OrderFormat, retry: RETRY }));
      await wait(options.every * 1000, interrupted.signal);
      if (interrupted.signal.aborted) break;
    }
  }
  await stopped;
  await sandbox.stop();
  await Promise.all(deliveries);
  print('stopped');
}

function* ordersToPost(options: Options, sandbox: CloudprinterSandbox): Iterable<CloudprinterOrder> {
  if (options.demo) {
    for (const demo of demoOrders({ orderedAt: new Date() })) {
      setDemoKnobs(sandbox, demo);
      print(`next: ${demo.name}. ${demo.story}`);
      yield demo.order;
    }
    return;
  }
  for (let count = 0; count < options.orders; count += 1) yield randomOrder(options.first + count, new Date());
}

function readOptions(): Options | undefined {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      options: {
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
    if (values.help === true) {
      print(USAGE);
      return undefined;
    }
    return optionsSchema.parse(values);
  } catch (error) {
    process.stderr.write(`${error instanceof z.ZodError ? z.prettifyError(error) : String(error)}\n\n${USAGE}`);
    process.exitCode = 2;
    return undefined;
  }
}

const options = readOptions();
if (options !== undefined) await main(options);
