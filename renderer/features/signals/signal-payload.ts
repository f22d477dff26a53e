import type { OutboxView } from '../../../main/contract/outbox.ts';

/** What a signal says beside the ids, in one line: `1ZTEST0001 · ups_express`. */
export const payloadLine = (signal: Pick<OutboxView, 'payload'>): string =>
  Object.entries(signal.payload)
    .map(([name, value]) => `${name}: ${value}`)
    .join(' · ');
