import { toPrintess } from '../../support/sandbox-connections.ts';
import { createPrintessActivity } from '../activity/printess-activity.ts';
import type { Recorded } from '../ledger/ledger.ts';
import { createPrintessSandbox, type PrintessEntry } from '../printess/sandbox.ts';
import { type ByHand, ledgerLine, letHappen, printConnection, RENDER_MS, SHOP } from './by-hand.ts';

export async function runPrintess(hand: ByHand): Promise<void> {
  const { options, print } = hand;
  await using sandbox = await createPrintessSandbox({ port: options.port, renderMs: RENDER_MS });
  sandbox.ledger.onEntry((entry) => print(entryLine(entry)));
  print(`Printess sandbox at ${sandbox.url}`);
  print(`  service token  ${sandbox.serviceToken}`);
  print(`  shop token     ${sandbox.shopToken}`);
  print(`  files at       ${sandbox.fileHostUrl}`);
  print(`  orders to      ${options.to === undefined ? 'nowhere: give --to' : `${options.to}/orders`}`);
  printConnection(hand, toPrintess(sandbox, 'px', { backendToken: SHOP.backendToken }));
  const backend =
    options.to === undefined ? undefined : { ordersUrl: `${options.to}/orders`, secret: SHOP.backendToken };
  await letHappen(hand, createPrintessActivity(sandbox, backend));
}

function entryLine(entry: Recorded<PrintessEntry>): string {
  switch (entry.kind) {
    case 'call':
      return ledgerLine(entry.at, 'call    ', `${entry.endpoint}: ${entry.status}`);
    case 'file':
      return ledgerLine(
        entry.at,
        'file    ',
        `${entry.path}: ${entry.status}, ${entry.bytesSent} bytes, ${entry.outcome}`,
      );
    case 'callback': {
      const { answer } = entry;
      return ledgerLine(
        entry.at,
        'callback',
        `${entry.job}: ${answer.kind === 'answered' ? answer.status : answer.kind}`,
      );
    }
    case 'leak':
      return ledgerLine(entry.at, 'leak    ', `a token was shown to ${entry.host}`);
  }
}
