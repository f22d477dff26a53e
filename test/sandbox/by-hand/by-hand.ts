import type { Activity } from '../activity/activity.ts';
import { wait } from '../wait.ts';
import type { Options } from './options.ts';

/** A sandbox that a person runs: what was asked for, where to write, and when it is over. */
export interface ByHand {
  readonly options: Options;
  readonly stopped: AbortSignal;
  readonly print: (line: string) => void;
}

/** As long as a person would wait for it. */
export const RENDER_MS = 8_000;
export const PIPELINE_MS = 12_000;

/** What the shop's own systems prove themselves with; the printed connection has the same. */
export const SHOP = { backendToken: 'sandbox-backend-token', shopifySecret: 'sandbox-shopify-secret' } as const;

/** The connection as the station's config file has it, with all addresses and credentials. */
export function printConnection({ print }: ByHand, connection: Readonly<Record<string, unknown>>): void {
  print('As a connection in the config file of a station:');
  print(JSON.stringify(connection, null, 2));
}

/** As many orders as were asked for, with their pauses; then until the person ends it. */
export async function letHappen({ options, stopped, print }: ByHand, next: Activity): Promise<void> {
  for (let count = 0; count < options.orders && !stopped.aborted; count += 1) {
    print(await next());
    await wait(options.every * 1000, stopped);
  }
  if (!stopped.aborted) await new Promise<void>((resolve) => stopped.addEventListener('abort', () => resolve()));
}

/** The time and the words of one line of a ledger. */
export const ledgerLine = (at: string, ...words: readonly (string | number)[]): string =>
  [at.slice(11, 19), ...words].join(' ');
