import { expect, test } from 'vitest';
import { createPrintessSandbox } from '../../sandbox/printess/sandbox.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { PlatformFloor } from '../../support/platform-floor.ts';
import { toPrintess } from '../../support/sandbox-connections.ts';

const openFloor = async () => {
  const clock = createFakeClock();
  const sandbox = await createPrintessSandbox({ nowMs: () => clock.nowMs(), renderMs: 20_000 });
  const floor = await PlatformFloor.open({ clock, connections: [toPrintess(sandbox)] });
  return {
    clock,
    sandbox,
    floor,
    async [Symbol.asyncDispose]() {
      await floor.stop();
      await sandbox.stop();
    },
  };
};

test('a line that an operator produces becomes verified files of its item', async () => {
  await using printess = await openFloor();
  const { floor, sandbox } = printess;
  sandbox.setDocuments('st:BOOK', [
    { name: 'cover', pageCount: 1 },
    { name: 'inside', pageCount: 12 },
  ]);
  await floor.produce('px', [{ template: 'st:BOOK', order: 'SO-10442', copies: 25 }]);
  const order = await floor.until('the files are here', async () => {
    const found = await floor.order('px:SO-10442');
    return found.stage === 'printReady' ? found : null;
  });
  expect(order.items).toHaveLength(1);
  expect(order.items[0]?.copies).toBe(25);
  expect(order.items[0]?.files.map(({ role, verification }) => [role, verification])).toEqual([
    ['cover', 'length+structure'],
    ['inside', 'length+structure'],
  ]);
  expect(sandbox.ledger.ofKind('leak')).toEqual([]);
  expect(sandbox.jobs()).toHaveLength(1);
});
