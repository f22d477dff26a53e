import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutgoingMessage, SendOutcome } from '../../../../main/core/platforms/platform.ts';
import { failure } from '../../../../main/core/work/failure.ts';
import { accepted } from '../../../support/fake-platform.ts';
import { openOutboxStation } from './outbox-station.ts';

const outcomes: Readonly<Record<string, SendOutcome>> = {
  accepted,
  network: { kind: 'failed', failure: failure('network', 'gone') },
  busy: { kind: 'failed', failure: failure('serverError', 'busy', { httpStatus: 503 }) },
  rejected: { kind: 'failed', failure: failure('rejected', 'no', { httpStatus: 400 }) },
  refused: { kind: 'failed', failure: failure('refused', 'who', { httpStatus: 401 }) },
};

describe('whatever the platform answers', () => {
  it('no signal of an item overtakes an earlier one that has still to go', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...Object.keys(outcomes)), { minLength: 0, maxLength: 25 }),
        fc.integer({ min: 1, max: 6 }),
        async (answers, concurrency) => {
          const station = await openOutboxStation({ concurrency });
          const sent: { readonly item: string; readonly number: number; readonly answer: string }[] = [];
          station.platform.answer(async ({ itemExternalId, payload }: OutgoingMessage) => {
            const answer = answers[sent.length] ?? 'accepted';
            sent.push({ item: itemExternalId, number: Number(payload.tracking), answer });
            await new Promise((resolve) => setImmediate(resolve));
            return outcomes[answer] ?? accepted;
          });
          const { itemIds } = await station.addItems('A', 3);
          for (const number of [1, 2, 3]) {
            for (const id of itemIds) {
              // Number 2 is optional: refused, it holds nothing back.
              await station.queue(id, number === 2 ? 'packed' : 'error', { tracking: String(number) });
            }
          }
          await station.pass(7_200_000);
          await station.outbox.stop();
          for (const [, ofItem] of Map.groupBy(sent, ({ item }) => item)) {
            const gone = new Set<number>();
            for (const { number, answer } of ofItem) {
              for (let earlier = 1; earlier < number; earlier += 1) expect(gone.has(earlier)).toBe(true);
              if (answer === 'accepted' || (answer === 'rejected' && number === 2)) gone.add(number);
            }
          }
        },
      ),
      { numRuns: 12 },
    );
  });
});
