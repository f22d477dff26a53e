import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { failure, type WorkFailure } from '../work/failure.ts';
import { sourceComplaint } from './address-guard.ts';
import type { Bandwidth } from './bandwidth.ts';
import type { FileStructures } from './file-structure.ts';
import { giveFinalName, isThere, makeFolder, takenName } from './final-file.ts';
import { HeaderMask } from './header-mask.ts';
import { type Digests, digestsOf, locally, PartFile } from './part-file.ts';
import { type AnswerPlan, planAnswer, validatorOf } from './source-answer.ts';
import { readBody, readExcerpt } from './source-body.ts';
import type { SourceClient, SourceStream } from './source-stream.ts';
import { addressRefusal, failureOf, TruncatedError } from './transfer-failure.ts';
import {
  partPathOf,
  type TransferOutcome,
  type TransferPhase,
  type TransferReport,
  type TransferRequest,
} from './transfer-protocol.ts';

export interface TransferDeps {
  readonly client: SourceClient;
  readonly bandwidth: Bandwidth;
  readonly structures: FileStructures;
  readonly signal: AbortSignal;
  nowMs(): number;
  report(report: TransferReport): void;
}

/** How the fetching of a body, or the attempt at it, came out. */
type Fetched =
  | { readonly kind: 'whole'; readonly lengthAnnounced: boolean }
  | { readonly kind: 'startOver' }
  | { readonly kind: 'wrongSize'; readonly foundBytes: number }
  | { readonly kind: 'failed'; readonly failure: WorkFailure };

/** Fetches one file: part file, verification, final name. Every expected end is a value. */
export const runTransfer = async (request: TransferRequest, deps: TransferDeps): Promise<TransferOutcome> => {
  const complaint = sourceComplaint(request.url, request.allowPrivateAddresses);
  if (complaint !== null) return { kind: 'addressRefused', message: complaint };
  return new Transfer(request, deps).run();
};

class Transfer {
  readonly #request: TransferRequest;
  readonly #deps: TransferDeps;
  readonly #partPath: string;
  readonly #host: string;
  readonly #mask: HeaderMask;
  #part: PartFile | null = null;
  #validator: string | null = null;
  #totalBytes: number | null;

  constructor(request: TransferRequest, deps: TransferDeps) {
    this.#request = request;
    this.#deps = deps;
    this.#partPath = partPathOf(request.finalPath);
    this.#host = new URL(request.url).host;
    this.#mask = new HeaderMask(request.headers);
    this.#totalBytes = request.expectedBytes;
  }

  async run(): Promise<TransferOutcome> {
    try {
      return await this.#run();
    } catch (error) {
      return this.#endOf(error);
    } finally {
      await this.#letGo();
    }
  }

  /** Closes the part file; an empty one is of no use to anybody. */
  async #letGo(): Promise<void> {
    const part = this.#part;
    if (part === null) return;
    await part.close();
    if (part.bytes === 0) await rm(this.#partPath, { force: true }).catch(() => undefined);
  }

  async #run(): Promise<TransferOutcome> {
    const lying = await this.#lyingThere();
    if (lying !== null) {
      return { kind: 'done', found: 'lyingThere', ...lying, lengthAnnounced: false, structureChecked: false };
    }
    await makeFolder(dirname(this.#request.finalPath));
    const part = await PartFile.open(this.#partPath);
    this.#part = part;
    await this.#takeUp(part);
    if (this.#isWhole(part) && part.digests().md5 === this.#request.expectedMd5) return this.#finish(part, false);

    // A source that cannot give the rest is asked for the whole, once.
    let fetched = await this.#fetch(part);
    if (fetched.kind === 'startOver') {
      await this.#startOver(part);
      fetched = await this.#fetch(part);
    }
    switch (fetched.kind) {
      case 'startOver':
        return this.#failed(
          failure('rejected', stationLine('fileNotWhole', { host: this.#host }), { httpStatus: 416 }),
        );
      case 'failed':
        return this.#failed(fetched.failure);
      case 'wrongSize':
        return this.#mismatch(part, fetched.foundBytes, null);
      case 'whole':
        return this.#finish(part, fetched.lengthAnnounced);
    }
  }

  /** The verified file, when a crash came between its rename and the commit. Without an MD5 nothing proves that it is. */
  async #lyingThere(): Promise<Digests | null> {
    const { finalPath, expectedMd5, expectedBytes } = this.#request;
    if (expectedMd5 === null || !(await isThere(finalPath))) return null;
    this.#report('verifying', 0);
    const digests = await digestsOf(finalPath, this.#deps.signal);
    if (digests === null) return null;
    if (digests.md5 !== expectedMd5 || (expectedBytes !== null && digests.bytes !== expectedBytes)) {
      throw takenName(finalPath);
    }
    return digests;
  }

  /** Takes up what an earlier try left, when it is known what that belongs to. */
  async #takeUp(part: PartFile): Promise<void> {
    const leftBytes = await part.sizeOnDisk();
    if (leftBytes === 0) return;
    const { validator, expectedBytes, expectedMd5 } = this.#request;
    const maybeWhole = leftBytes === expectedBytes && expectedMd5 !== null;
    const maybeHalf = validator !== null && (expectedBytes === null || leftBytes < expectedBytes);
    if (!maybeWhole && !maybeHalf) return this.#startOver(part);
    this.#validator = validator;
    this.#report('verifying', 0);
    await part.resume(this.#deps.signal);
    if (maybeWhole && part.digests().md5 !== expectedMd5) await this.#startOver(part);
  }

  #isWhole(part: PartFile): boolean {
    const { expectedBytes, expectedMd5 } = this.#request;
    return expectedMd5 !== null && expectedBytes !== null && expectedBytes > 0 && part.bytes === expectedBytes;
  }

  async #startOver(part: PartFile): Promise<void> {
    await part.startOver();
    this.#validator = null;
  }

  async #fetch(part: PartFile): Promise<Fetched> {
    const { url, allowPrivateAddresses, expectedBytes, expectedMd5, headers: credentials, timeouts } = this.#request;
    const asked = { fromByte: part.bytes, validator: this.#validator };
    const request = { url, allowPrivateAddresses, credentials, timeouts, ...asked };
    const source = await this.#deps.client.open(request, this.#deps.signal);
    try {
      const lengthNeeded = expectedBytes === null && expectedMd5 === null;
      const question = { host: this.#host, expectedBytes, lengthNeeded, ...asked };
      const plan = planAnswer(source, question, this.#deps.nowMs());
      switch (plan.kind) {
        case 'take':
          return await this.#takeBody(part, source, plan);
        case 'failed':
          return { kind: 'failed', failure: { ...plan.failure, excerpt: await this.#excerptOf(source) } };
        case 'startOver':
        case 'wrongSize':
          return plan;
      }
    } finally {
      source.body.destroy();
    }
  }

  /** What a host says about an error; a file that it gives says nothing. */
  async #excerptOf({ status, body }: SourceStream): Promise<string | null> {
    return status < 300 ? null : readExcerpt(body, this.#request.timeouts.stallMs, this.#mask);
  }

  async #takeBody(part: PartFile, source: SourceStream, plan: AnswerPlan & { kind: 'take' }): Promise<Fetched> {
    if (plan.fromByte === 0 && part.bytes > 0) await this.#startOver(part);
    // Only now, when no byte of another version is left in the part file.
    this.#validator = this.#withoutCredentials(validatorOf(source.headers));
    this.#totalBytes = plan.totalBytes ?? this.#request.expectedBytes;
    const mostBytes = this.#totalBytes ?? Number.POSITIVE_INFINITY;
    const tooLong = await readBody(source.body, this.#request.timeouts.stallMs, (chunk) => {
      if (part.bytes + chunk.byteLength > mostBytes) return 'stop';
      part.add(chunk);
      this.#report('fetching', part.bytes);
      return this.#deps.bandwidth.take(chunk.byteLength);
    });
    if (tooLong !== null) return { kind: 'wrongSize', foundBytes: part.bytes + tooLong.byteLength };
    if (this.#endedEarly(part, source, plan)) throw new TruncatedError(part.bytes, mostBytes);
    return { kind: 'whole', lengthAnnounced: plan.totalBytes !== null };
  }

  /** Whether the body ended before its own end. One that is delimited only by its closing may have been cut. */
  #endedEarly(part: PartFile, source: SourceStream, plan: AnswerPlan & { kind: 'take' }): boolean {
    if (plan.totalBytes !== null) return part.bytes < plan.totalBytes;
    const { expectedBytes } = this.#request;
    const delimitedByClosing = source.headers['transfer-encoding'] === undefined;
    return delimitedByClosing && expectedBytes !== null && part.bytes < expectedBytes;
  }

  async #finish(part: PartFile, lengthAnnounced: boolean): Promise<TransferOutcome> {
    const { expectedBytes, expectedMd5, finalPath, format } = this.#request;
    const digests = part.digests();
    const differs =
      (expectedBytes !== null && digests.bytes !== expectedBytes) ||
      (expectedMd5 !== null && digests.md5 !== expectedMd5);
    if (differs) return this.#mismatch(part, digests.bytes, digests.md5);
    this.#report('verifying', part.bytes);
    const { structures, signal } = this.#deps;
    const structure = expectedMd5 === null ? await structures.check(this.#partPath, format, signal) : null;
    if (structure?.kind === 'broken') {
      await this.#discard(part);
      return { kind: 'broken', problem: structure.problem, foundBytes: digests.bytes, foundMd5: digests.md5 };
    }
    await part.sync();
    await part.close();
    await giveFinalName(this.#partPath, finalPath, digests, signal);
    return {
      kind: 'done',
      found: 'fetched',
      ...digests,
      lengthAnnounced,
      structureChecked: structure?.kind === 'whole',
    };
  }

  async #mismatch(part: PartFile, foundBytes: number, foundMd5: string | null): Promise<TransferOutcome> {
    await this.#discard(part);
    return { kind: 'mismatch', foundBytes, foundMd5 };
  }

  async #discard(part: PartFile): Promise<void> {
    await part.close();
    await locally(() => rm(this.#partPath, { force: true }));
  }

  #failed(found: WorkFailure): TransferOutcome {
    return { kind: 'failed', failure: { ...found, message: this.#mask.masked(found.message) }, left: this.#left() };
  }

  #endOf(error: unknown): TransferOutcome {
    const { signal } = this.#deps;
    if (signal.aborted) return { kind: 'cancelled', left: this.#left() };
    const refusal = addressRefusal(error);
    if (refusal !== null) return { kind: 'addressRefused', message: this.#mask.masked(refusal) };
    return this.#failed(failureOf(error, this.#host));
  }

  #left() {
    const receivedBytes = this.#part?.bytes ?? 0;
    return { receivedBytes, validator: receivedBytes > 0 ? this.#validator : null };
  }

  /** A validator is stored: one that echoes a credential is none. */
  #withoutCredentials(validator: string | null): string | null {
    return validator !== null && this.#mask.masked(validator) === validator ? validator : null;
  }

  #report(phase: TransferPhase, receivedBytes: number): void {
    this.#deps.report({ phase, receivedBytes, totalBytes: this.#totalBytes, validator: this.#validator });
  }
}
