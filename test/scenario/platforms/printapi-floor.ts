import { createPrintApiSandbox, type PrintApiSandboxOptions } from '../../sandbox/printapi/sandbox.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { type FloorOptions, PlatformFloor } from '../../support/platform-floor.ts';
import { toPrintApi } from '../../support/sandbox-connections.ts';

interface Options extends Omit<FloorOptions, 'connections' | 'clock'> {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly sandbox?: Omit<PrintApiSandboxOptions, 'nowMs'>;
  readonly startMs?: number;
}

/** A station with one connection, `pa`, to a Print API whose webhooks reach it. */
export const openPrintApi = async ({ settings, sandbox: ofSandbox, startMs, ...options }: Options = {}) => {
  const clock = createFakeClock(startMs);
  const sandbox = await createPrintApiSandbox({ nowMs: () => clock.nowMs(), ...ofSandbox });
  const floor = await PlatformFloor.open({ ...options, clock, connections: [toPrintApi(sandbox, 'pa', settings)] });
  sandbox.setWebhookUrl(`${floor.intakeUrl}/in/pa`);
  return {
    clock,
    sandbox,
    floor,
    /** The requests to an endpoint that Print API saw. */
    requests: (endpoint: string) => sandbox.ledger.ofKind('request').filter((request) => request.endpoint === endpoint),
    untilOrder: (id: string, what: string, isSo: (order: Awaited<ReturnType<typeof floor.order>>) => boolean) =>
      floor.until(`${id} ${what}`, async () => {
        const found = (await floor.orders()).find(({ externalId }) => externalId === id);
        return found !== undefined && isSo(found) && found;
      }),
    async [Symbol.asyncDispose]() {
      await floor.stop();
      await sandbox.stop();
    },
  };
};
