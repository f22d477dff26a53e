import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FileShelf, ShelvedFile } from '../../../main/training/files/file-shelf.ts';
import { createKnobBoard, type KnobBoard } from '../knobs/knob-board.ts';
import { type DeliveryOutcome, sendDelivery } from './file-delivery.ts';
import { type FileFault, PATH_PLACEHOLDER } from './file-faults.ts';
import { planDelivery } from './file-plan.ts';

/** What a knob on files can be matched by; `role` is the type in the order: cover, book, product, shipping_label. */
export const FILE_FIELDS = ['path', 'order', 'item', 'role', 'method'] as const;
export type FileField = (typeof FILE_FIELDS)[number];

export type FileKnobs = KnobBoard<FileField, FileFault>;

/** `timesEach` counts each path apart. */
export const createFileKnobs = (seed: string | number): FileKnobs =>
  createKnobBoard<FileField, FileFault>(['path'], seed);

/** One request for a file, recorded when its answer has ended. */
export interface FileEntry {
  readonly kind: 'file';
  readonly method: string;
  readonly path: string;
  readonly item: string;
  readonly role: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
  readonly status: number;
  /** Bytes of the body. */
  readonly bytesSent: number;
  /** `cut`: a fault ended it; `aborted`: the client went away, or the server stopped or went offline. */
  readonly outcome: DeliveryOutcome;
  readonly faults: readonly FileFault['kind'][];
  readonly startedAt: string;
  /** Answers with a file under way when this one began, itself included. */
  readonly openTransfers: number;
}

const MOVED = '/moved';

interface FileServerDeps {
  readonly shelf: FileShelf;
  readonly knobs: FileKnobs;
  record(entry: FileEntry): void;
  now(): Date;
}

export interface FileServer {
  /** Answers with a file under way now. */
  readonly openTransfers: number;
  /** Answers a request for the path, or for `/moved` + the path, where redirects lead. */
  serve(request: IncomingMessage, response: ServerResponse, path: string, stopped: AbortSignal): Promise<void>;
}

const isAnswer = (fault: FileFault) => fault.kind === 'status' || fault.kind === 'redirect';
const isOnHeaders = (fault: FileFault) =>
  fault.kind === 'noRange' || fault.kind === 'etagChanges' || fault.kind === 'noValidators';

export function createFileServer(deps: FileServerDeps): FileServer {
  const versions = new Map<string, number>();
  let openTransfers = 0;

  function strikingFaults(file: ShelvedFile, method: string, moved: boolean): readonly FileFault[] {
    const subject = { ...file.labels, path: file.path, method };
    const answer = deps.knobs.strikeFirst(subject, (fault) => isAnswer(fault) && !(moved && fault.kind === 'redirect'));
    if (answer !== undefined) return [answer];
    return deps.knobs.strikeAll(subject, (fault) => !isAnswer(fault) && (method === 'GET' || isOnHeaders(fault)));
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    file: ShelvedFile,
    faults: readonly FileFault[],
    stopped: AbortSignal,
  ): Promise<Pick<FileEntry, 'status' | 'bytesSent' | 'outcome'>> {
    for (const fault of faults) {
      if (fault.kind === 'status') {
        const retryAfter =
          fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) };
        response.writeHead(fault.status, { 'content-type': 'text/plain', ...retryAfter });
        response.end(fault.message ?? 'fault of the sandbox');
        return { status: fault.status, bytesSent: 0, outcome: 'complete' };
      }
      if (fault.kind === 'redirect') {
        const status = fault.status ?? 302;
        const location = (fault.location ?? MOVED + PATH_PLACEHOLDER).replaceAll(PATH_PLACEHOLDER, file.path);
        response.writeHead(status, { location, 'content-length': '0' }).end();
        return { status, bytesSent: 0, outcome: 'complete' };
      }
      if (fault.kind === 'etagChanges') versions.set(file.path, (versions.get(file.path) ?? 0) + 1);
    }
    const plan = planDelivery(request, file, faults, versions.get(file.path) ?? 0);
    const sent = await sendDelivery(response, plan, stopped);
    return { status: plan.status, ...sent };
  }

  return {
    get openTransfers() {
      return openTransfers;
    },
    async serve(request, response, path, stopped) {
      const moved = path.startsWith(`${MOVED}/`);
      const file = deps.shelf.get(moved ? path.slice(MOVED.length) : path);
      const method = request.method ?? '';
      const startedAt = deps.now().toISOString();
      const entry = {
        kind: 'file',
        method,
        path,
        item: file?.labels.item ?? '',
        role: file?.labels.role ?? '',
        range: request.headers.range,
        ifRange: request.headers['if-range']?.toString(),
        startedAt,
      } as const;
      if (file === undefined || (method !== 'GET' && method !== 'HEAD')) {
        const status = file === undefined ? 404 : 405;
        response.writeHead(status, { 'content-type': 'text/plain' }).end('no such file');
        deps.record({ ...entry, status, bytesSent: 0, outcome: 'complete', faults: [], openTransfers });
        return;
      }
      openTransfers += 1;
      const transfersNow = openTransfers;
      const faults = strikingFaults(file, method, moved);
      try {
        const result = await answer(request, response, file, faults, stopped);
        deps.record({ ...entry, ...result, faults: faults.map((f) => f.kind), openTransfers: transfersNow });
      } finally {
        openTransfers -= 1;
      }
    },
  };
}
