import { expect, onTestFinished, test } from 'vitest';
import { makeOrder } from '../../main/training/orders/make-order.ts';
import { startAttack } from '../support/intake-attack.ts';
import { integrityOf, rowCounts } from '../support/scenario-database.ts';
import { postDocument } from '../support/scenario-post.ts';
import { openShop } from '../support/scenario-shop.ts';
import { startStation } from '../support/scenario-station.ts';
import { everyOrder } from '../support/scenario-views.ts';

test('Beside slow heads, bodies without an end, headers without measure and garbage, every good order is taken, nothing else is stored, and the attacker’s connections are ended', async () => {
  const shop = await openShop();
  const { client, intakeUrl, intakeBase, unexpected } = await startStation(shop);
  await client.connections.pause({ id: 'cp' });
  const numbers = Array.from({ length: 12 }, (_, index) => index + 1);
  const documents = await Promise.all(numbers.map((number) => shop.sandbox.document(makeOrder({ number }))));
  const attack = startAttack({
    url: new URL(intakeUrl),
    connections: 1_200,
    openedAtOnce: 300,
    endless: 300,
    garbagePerSecond: 100,
  });
  onTestFinished(() => void attack.stop());
  // More than the intake holds are open, and more bodies come than it reads at once.
  await expect.poll(() => attack.report.ended > 200 && (attack.report.answers['503'] ?? 0) > 0).toBe(true);

  const answers: (number | null)[] = [];
  for (const document of documents) answers.push((await postDocument(intakeUrl, document)).status);
  expect(answers).toEqual(numbers.map(() => 200));
  await expect.poll(() => attack.report.garbage).toBeGreaterThan(40);
  const { answers: said } = attack.stop();

  expect(Object.keys(said).filter((status) => /^(?:2|500)/u.test(status))).toEqual([]);
  expect(said).toMatchObject({ 400: expect.any(Number), 401: expect.any(Number), 431: expect.any(Number) });
  expect((await fetch(`${intakeBase}/health`)).status).toBe(200);
  expect((await everyOrder(client)).length).toBe(numbers.length);
  expect(rowCounts(shop.dataFolder)).toMatchObject({ orders: numbers.length });
  expect(unexpected).toEqual([]);
  expect(integrityOf(shop.dataFolder)).toBe('ok');
});
