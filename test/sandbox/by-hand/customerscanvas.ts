import { toCustomersCanvas } from '../../support/sandbox-connections.ts';
import { createCanvasActivity } from '../activity/canvas-activity.ts';
import { type CustomersCanvasEntry, createCustomersCanvasSandbox } from '../customerscanvas/sandbox.ts';
import type { Recorded } from '../ledger/ledger.ts';
import { type ByHand, ledgerLine, letHappen, PIPELINE_MS, printConnection, SHOP } from './by-hand.ts';

export async function runCustomersCanvas(hand: ByHand): Promise<void> {
  const { options, print } = hand;
  await using sandbox = await createCustomersCanvasSandbox({ port: options.port, pipelineMs: PIPELINE_MS });
  sandbox.ledger.onEntry((entry) => print(entryLine(entry)));
  print(`Customer’s Canvas sandbox at ${sandbox.apiUrl}`);
  print(`  tokens at       ${sandbox.tokenUrl}`);
  print(`  client id       ${sandbox.clientId}`);
  print(`  client secret   ${sandbox.clientSecret}`);
  print(`  storefronts     ${sandbox.storefronts.map(({ id, name }) => `${id} (${name})`).join(', ')}`);
  print(`  orders to       ${options.to === undefined ? 'nowhere: give --to' : `${options.to}/orders`}`);
  printConnection(hand, toCustomersCanvas(sandbox, 'cc', SHOP));
  const shop = options.to === undefined ? undefined : { ordersUrl: `${options.to}/orders`, secret: SHOP.shopifySecret };
  await letHappen(hand, createCanvasActivity(sandbox, shop));
}

function entryLine(entry: Recorded<CustomersCanvasEntry>): string {
  switch (entry.kind) {
    case 'call': {
      const outcome = entry.answer.kind === 'answered' ? entry.answer.status : entry.answer.kind;
      return ledgerLine(entry.at, 'call   ', `${entry.method} ${entry.path}: ${outcome}`);
    }
    case 'file':
      return ledgerLine(
        entry.at,
        'file   ',
        `${entry.path}: ${entry.status}, ${entry.bytesSent} bytes, ${entry.outcome}`,
      );
    case 'webhook': {
      const outcome = entry.answer.kind === 'answered' ? entry.answer.status : entry.answer.message;
      return ledgerLine(entry.at, 'webhook', `${entry.order}: ${outcome}`);
    }
    case 'leak':
      return ledgerLine(entry.at, 'leak   ', 'a token was shown to the file host');
  }
}
