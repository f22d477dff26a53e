import type { IncomingMessage, ServerResponse } from 'node:http';
import { createFileShelf } from '../../../main/training/files/file-shelf.ts';
import { createFileServer, type FileEntry, type FileKnobs } from '../http/file-server.ts';
import type { PrintessBehaviour } from './behaviour.ts';
import { isFinal, type PrintessJob, phaseOf } from './job.ts';
import { documentFiles, jobIdIn, resultFiles, zipFile } from './result-files.ts';

/** A request that showed a token to a host that must never see one. */
export interface LeakEntry {
  readonly kind: 'leak';
  readonly host: string;
  readonly path: string;
}

interface FileHostDeps {
  readonly behaviour: Readonly<PrintessBehaviour>;
  readonly knobs: FileKnobs;
  nowMs(): number;
  jobOf(jobId: string): PrintessJob | undefined;
  record(entry: FileEntry | LeakEntry): void;
}

export interface FileHost {
  answer(request: IncomingMessage, response: ServerResponse, stopped: AbortSignal): Promise<void>;
}

/** Serves the files of finished jobs to anybody, as a public bucket does; asks for no token and notes each it is shown. */
export function createFileHost(deps: FileHostDeps): FileHost {
  const now = () => new Date(deps.nowMs());
  const shelf = createFileShelf(now);
  const server = createFileServer({ shelf, knobs: deps.knobs, record: (entry) => deps.record(entry), now });

  /** Puts the file that the path names on the shelf, or takes it off; gives the status to answer instead, if any. */
  async function prepare(path: string): Promise<number | undefined> {
    const jobId = jobIdIn(path);
    const job = jobId === undefined ? undefined : deps.jobOf(jobId);
    if (job === undefined || !isFinal(phaseOf(job, deps.nowMs()))) return undefined;
    if (job.filesExpireAtMs <= deps.nowMs()) return deps.behaviour.expiredStatus;
    if (shelf.get(path) !== undefined) return undefined;
    const file = [...documentFiles(job), ...(job.result === 'zip' ? [zipFile(job)] : [])].find(
      (candidate) => candidate.path === path,
    );
    if (file === undefined || resultFiles(job).length === 0) return undefined;
    const labels = { order: job.externalOrderId ?? '', item: job.jobId, role: file.document };
    await shelf.put({ path, content: await file.make(), contentType: file.contentType, labels });
    return undefined;
  }

  return {
    async answer(request, response, stopped) {
      const path = decodeURI(new URL(request.url ?? '/', 'http://sandbox').pathname);
      if (request.headers.authorization !== undefined) {
        deps.record({ kind: 'leak', host: request.headers.host ?? '', path });
      }
      const refused = await prepare(path.replace(/^\/moved(?=\/)/, ''));
      if (refused === undefined) return server.serve(request, response, path, stopped);
      response.writeHead(refused, { 'content-type': 'application/xml' });
      response.end('<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code></Error>');
      const { method = '', headers } = request;
      deps.record({
        kind: 'file',
        method,
        path,
        item: jobIdIn(path) ?? '',
        role: '',
        range: headers.range,
        ifRange: headers['if-range']?.toString(),
        status: refused,
        bytesSent: 0,
        outcome: 'complete',
        faults: [],
        startedAt: now().toISOString(),
        openTransfers: server.openTransfers,
      });
    },
  };
}
