import { toPrintApi } from '../../support/sandbox-connections.ts';
import { createPrintApiActivity } from '../activity/printapi-activity.ts';
import type { Recorded } from '../ledger/ledger.ts';
import { createPrintApiSandbox, type PrintApiEntry } from '../printapi/sandbox.ts';
import { type ByHand, ledgerLine, letHappen, printConnection } from './by-hand.ts';

export async function runPrintApi(hand: ByHand): Promise<void> {
  const { options, stopped, print } = hand;
  await using sandbox = await createPrintApiSandbox({
    port: options.port,
    ...(options.to === undefined ? {} : { webhookUrl: options.to }),
  });
  sandbox.ledger.onEntry((entry) => print(entryLine(entry)));
  print(`Print API sandbox at ${sandbox.baseUrl}`);
  print(`  client id      ${sandbox.clientId}`);
  print(`  client secret  ${sandbox.clientSecret}`);
  print(`  webhooks to    ${options.to ?? 'nowhere: give --to'}`);
  printConnection(hand, toPrintApi(sandbox));
  await letHappen(hand, createPrintApiActivity(sandbox, stopped));
}

function entryLine(entry: Recorded<PrintApiEntry>): string {
  const { answer } = entry;
  const outcome = answer.kind === 'answered' ? answer.status : answer.kind;
  return entry.kind === 'request'
    ? ledgerLine(entry.at, 'request', `${entry.method} ${entry.path}: ${outcome}`)
    : ledgerLine(entry.at, 'webhook', `${entry.order} attempt ${entry.attempt}: ${outcome}`);
}
