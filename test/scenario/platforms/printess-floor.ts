import { createPrintessSandbox, type PrintessSandboxOptions } from '../../sandbox/printess/sandbox.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { type FloorOptions, PlatformFloor } from '../../support/platform-floor.ts';
import { toPrintess } from '../../support/sandbox-connections.ts';

interface Options extends Omit<FloorOptions, 'connections' | 'clock'> {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly sandbox?: Omit<PrintessSandboxOptions, 'nowMs'>;
}

/** The shop's backend proves itself by it. */
const backendToken = 'backend-token-of-the-shop';

/** A station with one connection, `px`, to a Printess that renders in 20 s. */
export const openPrintess = async ({ settings, sandbox: ofSandbox, ...options }: Options = {}) => {
  const clock = createFakeClock();
  const sandbox = await createPrintessSandbox({ nowMs: () => clock.nowMs(), renderMs: 20_000, ...ofSandbox });
  const floor = await PlatformFloor.open({ ...options, clock, connections: [toPrintess(sandbox, 'px', settings)] });
  return {
    clock,
    sandbox,
    floor,
    /** The calls of an endpoint that Printess saw. */
    calls: (endpoint: string) => sandbox.ledger.ofKind('call').filter((call) => call.endpoint === endpoint),
    /** Posts as the shop's own backend does. */
    postOrder: (order: unknown, token: string | null = backendToken) =>
      floor.post('/in/px/orders', JSON.stringify(order), {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      }),
    /** Waits until an order's files are here, all verified. */
    untilReady: (order: string) =>
      floor.until(`the files of ${order} are here`, async () => {
        const found = (await floor.orders()).find(({ externalId }) => externalId === order);
        return found?.stage === 'printReady' ? found : null;
      }),
    async [Symbol.asyncDispose]() {
      await floor.stop();
      await sandbox.stop();
    },
  };
};
