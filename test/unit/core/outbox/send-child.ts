import { appendFile } from 'node:fs/promises';
import { BudgetBook } from '../../../../main/core/connections/budget-book.ts';
import { ConnectionDirectory } from '../../../../main/core/connections/connection-directory.ts';
import { createOutbox } from '../../../../main/core/outbox/outbox.ts';
import { systemClock } from '../../../../main/core/ports/clock.ts';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import { Store } from '../../../../main/core/store/store.ts';
import { accepted, createFakePlatform } from '../../../support/fake-platform.ts';
import { FakeWays } from '../../../support/fake-ways.ts';

/**
 * Sends the signals of a database. Each is written to the ledger as it arrives at the platform; after the number given,
 * the platform's answer stays away, so that the process can be killed between sending and noting the answer.
 */
const [path = '', ledger = '', answersGiven = '0'] = process.argv.slice(2);
const store = await Store.open(path);
let arrived = 0;
const platform = createFakePlatform({
  script: async ({ itemExternalId, kind }) => {
    arrived += 1;
    const mute = arrived > Number(answersGiven);
    await appendFile(ledger, `${itemExternalId} ${kind}\n`);
    process.stdout.write(`${mute ? 'mute' : 'answered'} ${itemExternalId} ${kind}\n`);
    if (mute) await new Promise(() => undefined);
    return accepted;
  },
});
const connections = new ConnectionDirectory({ store, platforms: [platform], secret: () => null });
await connections.reload();
const budgets = await BudgetBook.open({
  store,
  clock: systemClock,
  limitOf: (id) => connections.find(id)?.rate ?? null,
});
const outbox = createOutbox({
  store,
  connections,
  ways: new FakeWays({ clock: systemClock, budgets }),
  budgets,
  clock: systemClock,
  logger: silentLogger,
  random: Math.random,
  concurrency: 2,
  applyAnswers: async () => undefined,
  callbackUrl: () => null,
});
await outbox.start();

/** Says so when nothing is left to send. */
const watch = async (): Promise<void> => {
  const left = await store.read.selectFrom('outbox').select('id').where('state', '!=', 'sent').limit(1).execute();
  if (left.length === 0) process.stdout.write('all sent\n');
  else setTimeout(() => void watch(), 50);
};
await watch();
