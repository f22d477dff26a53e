import { describe, expect, it } from 'vitest';
import type { AttemptOutcome } from '../../../../main/core/downloads/authorized-transfer.ts';
import type { DownloadRow } from '../../../../main/core/downloads/download-rows.ts';
import {
  mismatchText,
  planSettle,
  type SettleInput,
  type TransferFacts,
  verificationOf,
} from '../../../../main/core/downloads/settle-plan.ts';
import type { TransferOutcome } from '../../../../main/core/downloads/transfer-protocol.ts';
import { type Channel, newChannel } from '../../../../main/core/work/channel.ts';
import { type FailureClass, failure } from '../../../../main/core/work/failure.ts';

const md5 = '0f903c1c7b7d7a27d4dd1704df9ab611';
const otherMd5 = 'ab120000000000000000000000000000';
const row: DownloadRow = {
  id: 1,
  orderId: 1,
  itemId: 1,
  connectionId: 'cp',
  role: 'cover',
  format: 'pdf',
  sourceUrl: 'https://files.example/cover.pdf',
  sourceHost: 'files.example',
  expectedBytes: 24,
  expectedMd5: md5,
  relativePath: 'cp/1/cover.pdf',
  receivedBytes: 0,
  validator: null,
  state: 'queued',
  attempts: 1,
  mismatches: 0,
  problemCode: null,
  priority: 0,
  jobId: null,
  needsToken: 0,
};
const nowMs = 1_000_000;
const facts: TransferFacts = { localFailures: 0, refusals: 0, othersDelivered: false, othersQueued: false };
const left = { receivedBytes: 7, validator: '"1"' };

const plan = (outcome: AttemptOutcome, more: Partial<SettleInput> = {}) =>
  planSettle({
    row,
    outcome,
    channel: newChannel(0),
    facts,
    platformName: 'Cloudprinter',
    times: { startedAtMs: nowMs - 100, nowMs, random: 0.5 },
    ...more,
  });
const failed = (failureClass: FailureClass, more: Parameters<typeof failure>[2] = {}): TransferOutcome => ({
  kind: 'failed',
  failure: failure(failureClass, `files.example: ${failureClass}`, more),
  left,
});
const mismatch: TransferOutcome = { kind: 'mismatch', foundBytes: 24, foundMd5: otherMd5 };

describe('what was checked', () => {
  it.each([
    [24, md5, false, false, 'size+md5'],
    [null, md5, true, false, 'size+md5'],
    [null, md5, false, false, null],
    [24, null, true, true, 'size'],
    [24, null, true, false, 'size'],
    [null, null, true, true, 'length+structure'],
    [null, null, false, true, 'length+structure'],
    [null, null, true, false, null],
  ] as const)(
    'size %s, MD5 %s, length announced by the answer %s, structure checked %s: %s',
    (expectedBytes, expectedMd5, lengthAnnounced, structureChecked, level) => {
      expect(verificationOf({ expectedBytes, expectedMd5 }, { lengthAnnounced, structureChecked })).toBe(level);
    },
  );
});

describe('a mismatch', () => {
  it('is fetched again at once, after 5 s and after 30 s, then it is a problem that shows both values', () => {
    const ends = [0, 1, 2, 3].map((mismatches) => plan(mismatch, { row: { ...row, mismatches } }).end);
    expect(ends).toMatchObject([
      { kind: 'waiting', code: 'mismatch', nextAtMs: nowMs },
      { kind: 'waiting', code: 'mismatch', nextAtMs: nowMs + 5_000 },
      { kind: 'waiting', code: 'mismatch', nextAtMs: nowMs + 30_000 },
      {
        kind: 'problem',
        code: 'mismatch',
        nextAtMs: null,
        problem: `MD5 differs after 4 fetches: expected ${md5}, found ${otherMd5}`,
      },
    ]);
  });

  it('names the sizes when they differ', () => {
    expect(mismatchText(row, { foundBytes: 30, foundMd5: otherMd5 }, 4)).toBe(
      'size differs after 4 fetches: expected 24 bytes, found 30 bytes',
    );
    expect(mismatchText(row, { foundBytes: 30, foundMd5: null }, 1)).toBe(
      'size differs after 1 fetch: expected 24 bytes, found 30 bytes',
    );
  });

  it('is a file that is not whole, too', () => {
    const broken: TransferOutcome = {
      kind: 'broken',
      problem: 'the PDF has no pages',
      foundBytes: 24,
      foundMd5: otherMd5,
    };
    const ends = [0, 1, 2, 3].map((mismatches) => plan(broken, { row: { ...row, mismatches } }).end);
    expect(ends).toMatchObject([
      { kind: 'waiting', code: 'mismatch', nextAtMs: nowMs, problem: 'the PDF has no pages (after 1 fetch)' },
      { kind: 'waiting', nextAtMs: nowMs + 5_000 },
      { kind: 'waiting', nextAtMs: nowMs + 30_000 },
      { kind: 'problem', nextAtMs: null, problem: 'the PDF has no pages (after 4 fetches)' },
    ]);
  });

  it('names no size that nobody announced', () => {
    const unsized = { ...row, expectedBytes: null, expectedMd5: null };
    expect(mismatchText(unsized, { foundBytes: 30, foundMd5: null }, 1)).toBe(
      'more bytes came after 1 fetch than the answer announced: 30',
    );
  });

  it('proves that the other side answers', () => {
    const waiting: Channel = { ...newChannel(0), state: 'waiting', nextTryAtMs: nowMs, failures: 3, problem: 'down' };
    expect(plan(mismatch, { channel: waiting }).channel).toMatchObject({ state: 'open', failures: 0 });
  });
});

describe('a failure of the way to the host', () => {
  it.each(['network', 'timeout', 'serverError', 'rateLimited'] as const)(
    'lets the channel wait and the file with it: %s',
    (failureClass) => {
      const { end, channel } = plan(failed(failureClass));
      expect(channel).toMatchObject({ state: 'waiting', failures: 1, nextTryAtMs: nowMs + 5_000 });
      expect(end).toMatchObject({ kind: 'waiting', code: failureClass, nextAtMs: nowMs + 5_000, left });
    },
  );

  it('waits as long as the other side asks', () => {
    expect(plan(failed('rateLimited', { httpStatus: 429, retryAfterMs: 120_000 })).end).toMatchObject({
      nextAtMs: nowMs + 120_000,
    });
  });

  it('counts once when all transfers fall together, and again when the probe fails', () => {
    const { channel } = plan(failed('network'));
    expect(plan(failed('network'), { channel }).channel).toEqual(channel);
    const probe = { startedAtMs: nowMs + 5_000, nowMs: nowMs + 5_001, random: 0.5 };
    expect(plan(failed('network'), { channel, times: probe }).channel).toMatchObject({
      failures: 2,
      nextTryAtMs: nowMs + 5_001 + 10_000,
    });
  });
});

describe('a refusal', () => {
  const refused = failed('refused', { httpStatus: 403 });

  it('alarms the channel and says where to look', () => {
    const { end, channel } = plan(refused);
    const problem = 'check the download addresses (ACL) at Cloudprinter: files.example: refused';
    expect(channel).toMatchObject({ state: 'alarm', problem, nextTryAtMs: nowMs + 900_000 });
    expect(end).toMatchObject({ kind: 'waiting', code: 'refused', problem, nextAtMs: nowMs + 900_000 });
  });

  it('asks for another file soon, when one is queued: is it the channel, or the one file?', () => {
    const { channel } = plan(refused, { facts: { ...facts, othersQueued: true } });
    expect(channel).toMatchObject({ state: 'alarm', nextTryAtMs: nowMs + 5_000 });
    const again = { startedAtMs: nowMs + 5_000, nowMs: nowMs + 5_001, random: 0.5 };
    const second = plan(refused, { channel, times: again, facts: { ...facts, othersQueued: true } });
    expect(second.channel.nextTryAtMs).toBeGreaterThan(nowMs + 900_000);
  });

  it('is a problem of the file alone after three, while others of the channel come', () => {
    const alone = [0, 1, 2].map((refusals) => plan(refused, { facts: { ...facts, othersDelivered: true, refusals } }));
    expect(alone.map(({ channel }) => channel.state)).toEqual(['open', 'open', 'open']);
    expect(alone.map(({ end }) => end)).toMatchObject([
      { kind: 'waiting', code: 'refusedFile', nextAtMs: nowMs + 30_000 },
      { kind: 'waiting', code: 'refusedFile', nextAtMs: nowMs + 120_000 },
      { kind: 'problem', code: 'refused', nextAtMs: null },
    ]);
  });
});

describe('what is the file’s own fault', () => {
  it.each(['gone', 'rejected'] as const)('is a problem at once, and the channel stays open: %s', (failureClass) => {
    const { end, channel } = plan(failed(failureClass, { httpStatus: 404 }));
    expect(end).toMatchObject({ kind: 'problem', code: failureClass });
    expect(channel).toMatchObject({ state: 'open', lastReachedAtMs: nowMs });
  });

  it('is a problem when its address is refused, and proves nothing of the channel', () => {
    const { end, channel } = plan({ kind: 'addressRefused', message: '10.0.0.1 is not a public address' });
    expect(end).toMatchObject({ kind: 'problem', code: 'addressRefused', problem: '10.0.0.1 is not a public address' });
    expect(channel).toEqual(newChannel(0));
  });
});

describe('a file that its host no longer has', () => {
  const ofJob = { ...row, jobId: 1 };
  const protectedFile = { ...ofJob, needsToken: 1 as const };
  const waiting: Channel = { ...newChannel(0), state: 'waiting', nextTryAtMs: nowMs, failures: 3, problem: 'down' };
  const said = (httpStatus: number) =>
    failed(httpStatus === 404 || httpStatus === 410 ? 'gone' : 'refused', { httpStatus });

  it.each([403, 404, 410])('is a problem of its own at once when a job made it: %i', (httpStatus) => {
    const { end, channel, attempt } = plan(said(httpStatus), { row: ofJob, channel: waiting });
    expect(end).toMatchObject({
      kind: 'problem',
      code: 'expired',
      problem: 'files.example no longer has this file: have it rendered again',
      nextAtMs: null,
      evidence: 'platformSaid',
    });
    expect(channel).toMatchObject({ state: 'open', lastReachedAtMs: nowMs });
    expect(attempt).toMatchObject({ outcome: 'expired', httpStatus });
  });

  it('keeps to the other rules when no job made it', () => {
    expect(plan(said(404)).end).toMatchObject({ kind: 'problem', code: 'gone' });
    expect(plan(said(403)).channel).toMatchObject({ state: 'alarm' });
  });

  it.each([404, 410])('is expired also where credentials are needed: %i', (httpStatus) => {
    expect(plan(said(httpStatus), { row: protectedFile }).end).toMatchObject({ kind: 'problem', code: 'expired' });
    expect(plan(said(httpStatus), { row: { ...protectedFile, jobId: null } }).end).toMatchObject({ code: 'expired' });
  });

  it.each([401, 403])('is not expired when it is the credentials that are refused: %i', (httpStatus) => {
    const { end, channel } = plan(said(httpStatus), { row: protectedFile });
    const problem = 'check the credentials of Cloudprinter: files.example: refused';
    expect(channel).toMatchObject({ state: 'alarm', problem });
    expect(end).toMatchObject({ kind: 'waiting', code: 'refused', problem, nextAtMs: nowMs + 900_000 });
  });
});

describe('an attempt for which there were no credentials', () => {
  const protectedFile = { ...row, jobId: 1, needsToken: 1 as const };
  const unauthorized = (failureClass: FailureClass, httpStatus: number | null): AttemptOutcome => ({
    kind: 'unauthorized',
    failure: failure(failureClass, `identity.example: ${failureClass}`, { httpStatus }),
    left,
  });

  it('lets the channel wait, or alarms it, and keeps what had come', () => {
    const network = plan(unauthorized('network', null), { row: protectedFile });
    expect(network.channel).toMatchObject({ state: 'waiting', problem: 'identity.example: network' });
    expect(network.end).toMatchObject({ kind: 'waiting', code: 'network', left });
    const refused = plan(unauthorized('refused', 401), {
      row: protectedFile,
      facts: { ...facts, othersDelivered: true, refusals: 2 },
    });
    expect(refused.channel).toMatchObject({ state: 'alarm', lastReachedAtMs: null });
    expect(refused.end).toMatchObject({
      kind: 'waiting',
      code: 'refused',
      problem: 'check the credentials of Cloudprinter: identity.example: refused',
    });
  });

  it('says nothing of the file’s host when another one answered', () => {
    const channel: Channel = { ...newChannel(0), state: 'waiting', nextTryAtMs: nowMs, failures: 3, problem: 'down' };
    for (const [failureClass, httpStatus] of [
      ['gone', 404],
      ['rejected', 400],
    ] as const) {
      const ended = plan(unauthorized(failureClass, httpStatus), { row: protectedFile, channel });
      expect(ended.end).toMatchObject({ kind: 'problem', code: failureClass });
      expect(ended.channel).toEqual(channel);
    }
  });
});

describe('a failure of this computer', () => {
  it('is tried ten times, then it is a problem', () => {
    const ends = Array.from({ length: 10 }, (_, localFailures) =>
      plan(failed('local'), { facts: { ...facts, localFailures } }),
    );
    expect(ends.map(({ end }) => end.kind)).toEqual([...Array.from({ length: 9 }, () => 'waiting'), 'problem']);
    expect(ends[0]?.end).toMatchObject({ nextAtMs: nowMs + 2_000 });
    expect(ends.every(({ channel }) => channel.state === 'open')).toBe(true);
  });

  it('waits for room on the disk every 30 s', () => {
    expect(plan(failed('diskFull')).end).toMatchObject({ kind: 'waiting', code: 'diskFull', nextAtMs: nowMs + 30_000 });
  });
});

describe('a stop', () => {
  it('puts the file back as it was, with what came', () => {
    const { end, attempt, channel } = plan({ kind: 'cancelled', left });
    expect(end).toEqual({ kind: 'queued', left });
    expect(attempt).toBeNull();
    expect(channel).toEqual(newChannel(0));
  });
});
