import type { OutboxView } from '../../../main/contract/outbox.ts';
import { readableCode } from '../../i18n/code-words.ts';

/** What a signal says beside the ids, in one line: `tracking: 1ZTEST0001 · shipping option: ups_express`. */
export const payloadLine = (signal: Pick<OutboxView, 'payload'>): string =>
  Object.entries(signal.payload)
    .map(([name, value]) => `${readableCode(name).toLowerCase()}: ${value}`)
    .join(' · ');
