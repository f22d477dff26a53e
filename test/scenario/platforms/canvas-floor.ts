import {
  type CustomersCanvasSandboxOptions,
  createCustomersCanvasSandbox,
} from '../../sandbox/customerscanvas/sandbox.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { type FloorOptions, PlatformFloor } from '../../support/platform-floor.ts';
import { toCustomersCanvas } from '../../support/sandbox-connections.ts';

interface Options extends Omit<FloorOptions, 'connections' | 'clock'> {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly sandbox?: Omit<CustomersCanvasSandboxOptions, 'nowMs'>;
}

/** A station with one connection, `cc`, to a Customer's Canvas whose pipelines take 30 s. */
export const openCanvas = async ({ settings, sandbox: ofSandbox, ...options }: Options = {}) => {
  const clock = createFakeClock();
  const sandbox = await createCustomersCanvasSandbox({ nowMs: () => clock.nowMs(), pipelineMs: 30_000, ...ofSandbox });
  const connections = [toCustomersCanvas(sandbox, 'cc', settings)];
  const floor = await PlatformFloor.open({ ...options, clock, connections });
  // The first look at the list is over: what comes from now on, somebody has to tell of.
  await floor.settle();
  return {
    clock,
    sandbox,
    floor,
    ordersUrl: `${floor.intakeUrl}/in/cc/orders`,
    /** The calls of this name that Customer's Canvas saw. */
    calls: (name: string) => sandbox.ledger.ofKind('call').filter(({ call }) => call === name),
    untilOrder: (id: string, what: string, isSo: (order: Awaited<ReturnType<typeof floor.order>>) => boolean) =>
      floor.until(`${id} ${what}`, async () => {
        const found = (await floor.orders()).find(({ externalId }) => externalId === id);
        return found !== undefined && isSo(found) && found;
      }),
    untilReady: (id: string) =>
      floor.until(`the files of ${id} are here`, async () => {
        const found = (await floor.orders()).find(({ externalId }) => externalId === id);
        return found?.stage === 'printReady' && found;
      }),
    async [Symbol.asyncDispose]() {
      await floor.stop();
      await sandbox.stop();
    },
  };
};
