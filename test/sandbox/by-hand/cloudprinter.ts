import type { CloudprinterOrder } from '../../../main/training/orders/order.ts';
import { demoOrders, setDemoKnobs } from '../cloudprinter/demo-orders.ts';
import { entryLine } from '../cloudprinter/entry-line.ts';
import { randomOrder } from '../cloudprinter/random-order.ts';
import { type CloudprinterSandbox, createCloudprinterSandbox } from '../cloudprinter/sandbox.ts';
import { wait } from '../wait.ts';
import type { ByHand } from './by-hand.ts';

const RETRY = { attempts: 20, delayMs: 5000 };

export async function runCloudprinter(hand: ByHand): Promise<void> {
  const { options, stopped, print } = hand;
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

  const over = new Promise<void>((resolve) => stopped.addEventListener('abort', () => resolve()));
  const deliveries: Promise<unknown>[] = [];
  if (options.to !== undefined) {
    for (const order of ordersToPost(hand, sandbox)) {
      // Not awaited: a shop that is away must not hold up the orders after this one.
      deliveries.push(sandbox.post(order, { format: options.format, retry: RETRY }));
      await wait(options.every * 1000, stopped);
      if (stopped.aborted) break;
    }
  }
  if (!stopped.aborted) await over;
  await sandbox.stop();
  await Promise.all(deliveries);
}

function* ordersToPost({ options, print }: ByHand, sandbox: CloudprinterSandbox): Iterable<CloudprinterOrder> {
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
